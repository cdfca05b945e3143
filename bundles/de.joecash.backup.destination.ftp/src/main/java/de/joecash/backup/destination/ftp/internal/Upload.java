package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file's way to the server: stored as {@code .part}, its length compared, renamed, its length compared again. Where
 * an answer was lost, the server is asked anew what is there; nothing is guessed.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int CHUNK = 1 << 15;
    private static final int ROUNDS = 4;

    private final RemoteDirectory directory;
    private final StallGuard guard;
    private final String name;
    private final String part;
    private final long length;

    Upload(RemoteDirectory directory, StallGuard guard, String name, long length) {
        this.directory = directory;
        this.guard = guard;
        this.name = name;
        this.part = name + ".part";
        this.length = length;
    }

    void publish(Content content, LongConsumer sent) throws BackupException, IOException {
        try (InputStream in = content.open()) {
            directory.ask(connection -> {
                if (connection.size(name).isPresent()) {
                    throw taken();
                }
                // Servers that overwrite nothing refuse to store over what an earlier attempt left.
                connection.tryToDelete(part);
                return name;
            });
            storeAndSettle(in, sent);
        }
    }

    private void storeAndSettle(InputStream in, LongConsumer sent) throws BackupException, IOException {
        try {
            settle(store(in, sent));
        } catch (BackupException e) {
            if (!(e.problem() instanceof Problem.ServerUnreachable)) {
                removePart();
            }
            throw e;
        } catch (IOException e) {
            removePart();
            throw e;
        }
    }

    /** Stores the part; what it gives back is what broke when everything was sent and only the answer was lost. */
    private Optional<IOException> store(InputStream in, LongConsumer sent) throws BackupException, IOException {
        Connection connection = directory.connected();
        OutputStream out = directory.ask(open -> open.store(part));
        boolean sentAll = false;
        try {
            send(in, out, connection, sent);
            sentAll = true;
        } finally {
            if (!sentAll) {
                directory.hangUp();
            }
        }
        try {
            out.close();
            connection.endTransfer();
            return Optional.empty();
        } catch (IOException e) {
            BackupException failure = directory.broken(connection, e);
            directory.line().check();
            LOG.info("The answer to storing {} was lost, asking again: {}", part, failure.getMessage());
            return Optional.of(e);
        }
    }

    private void send(InputStream in, OutputStream out, Connection connection, LongConsumer sent)
            throws BackupException, IOException {
        byte[] chunk = new byte[CHUNK];
        long count = 0;
        int read;
        while ((read = in.read(chunk)) >= 0) {
            directory.line().check();
            count += read;
            if (count > length) {
                throw differs("longer than the " + length + " bytes it was said to have");
            }
            write(out, chunk, read, connection);
            sent.accept(count);
        }
        directory.line().check();
        if (count < length) {
            throw differs(count + " bytes instead of " + length);
        }
    }

    /** A server whose disk is full closes the data connection first, and says why on the other. */
    private void write(OutputStream out, byte[] chunk, int read, Connection connection) throws BackupException {
        try {
            guard.write(out, chunk, read);
        } catch (IOException e) {
            try {
                directory.line().check();
                connection.endTransfer();
            } catch (IOException silent) {
                e.addSuppressed(silent);
            }
            throw directory.broken(connection, e);
        }
    }

    /**
     * Renames the part and looks what came of it. What is there under the final name is ours only if we asked for it
     * and the part is gone.
     */
    private void settle(Optional<IOException> lost) throws BackupException {
        boolean asked = false;
        for (int round = 0; round < ROUNDS; round++) {
            Connection connection = directory.connected();
            try {
                OptionalLong there = connection.size(name);
                OptionalLong left = connection.size(part);
                if (there.isPresent() && (!asked || left.isPresent())) {
                    throw taken();
                }
                if (there.isPresent()) {
                    compareFinal(connection, there.getAsLong());
                    return;
                }
                comparePart(left, lost);
                asked = true;
                connection.rename(part, name);
            } catch (IOException e) {
                BackupException failure = directory.broken(connection, e);
                if (round == ROUNDS - 1) {
                    throw failure;
                }
                directory.line().check();
                LOG.info("The answer to publishing {} was lost, asking again: {}", name, failure.getMessage());
            }
        }
        throw differs("it is not there under its final name");
    }

    private void compareFinal(Connection connection, long bytes) throws BackupException, IOException {
        if (bytes != length) {
            connection.delete(name);
            throw differs(bytes + " bytes instead of " + length);
        }
    }

    private void comparePart(OptionalLong bytes, Optional<IOException> lost) throws BackupException {
        if (bytes.isEmpty() || bytes.getAsLong() != length) {
            if (lost.isPresent()) {
                throw directory.line().failure(lost.get());
            }
            throw differs(bytes.isEmpty() ? "nothing" : bytes.getAsLong() + " bytes instead of " + length);
        }
    }

    private void removePart() {
        try {
            directory.ask(connection -> {
                connection.delete(part);
                return part;
            });
        } catch (BackupException e) {
            LOG.debug("{} stays on the server until the next attempt: {}", part, e.getMessage());
        }
    }

    private BackupException taken() {
        return new BackupException(
                new Problem.NameTaken(directory.line().settings().id(), name));
    }

    private BackupException differs(String detail) {
        return new BackupException(
                new Problem.CopyDiffers(directory.line().settings().id(), name, detail));
    }
}
