package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file's way to the server: stored as {@code .part}, where possible behind what an earlier attempt left of it,
 * compared, renamed, its length compared again. Where an answer was lost, the server is asked anew what is there;
 * nothing is guessed.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    /** As much as {@link RecordOutput} hands on at a time. */
    private static final int CHUNK = 1 << 17;

    private static final int ROUNDS = 4;
    private static final String LINE_BROKE = "(421|425|426)\\b.*";

    private final RemoteDirectory directory;
    private final StallGuard guard;
    private final String name;
    private final String part;
    private final long length;
    private final Proof proof;

    Upload(RemoteDirectory directory, StallGuard guard, String name, long length) {
        this.directory = directory;
        this.guard = guard;
        this.name = name;
        this.part = name + RemoteDirectory.PART;
        this.length = length;
        this.proof = new Proof(directory, part, length);
    }

    /**
     * What was stored.
     *
     * @param content read to its end
     * @param resumed whether its beginning is an earlier attempt's
     * @param lost what broke when everything was sent and only the answer was lost
     */
    private record Stored(Reading content, boolean resumed, Optional<IOException> lost) {}

    void publish(Content content, LongConsumer sent) throws BackupException, IOException {
        directory.ask(connection -> {
            if (connection.size(name).isPresent()) {
                throw taken();
            }
            return name;
        });
        try {
            settle(storeAndCompare(content, sent).lost());
        } catch (BackupException e) {
            if (!goesOn(e.problem())) {
                removePart();
            }
            throw e;
        } catch (IOException e) {
            removePart();
            throw e;
        }
    }

    /** Whether the next attempt goes on with what is there: the line broke, and the server is not to blame. */
    private static boolean goesOn(Problem problem) {
        return problem instanceof Problem.ServerUnreachable
                || (problem instanceof Problem.ServerBusy busy && busy.reply().matches(LINE_BROKE));
    }

    private Stored storeAndCompare(Content content, LongConsumer sent) throws BackupException, IOException {
        Optional<Stored> rest = storeRest(content, sent);
        if (rest.isPresent()) {
            Optional<String> difference = difference(rest.get(), content);
            if (difference.isEmpty()) {
                return rest.get();
            }
            LOG.info("{}, gone on with, is {}; it is sent anew", part, difference.get());
        }
        Stored whole = storeWhole(content, sent);
        Optional<String> difference = difference(whole, content);
        if (difference.isPresent()) {
            throw differs(difference.get());
        }
        return whole;
    }

    private Optional<String> difference(Stored stored, Content content) throws BackupException, IOException {
        OptionalLong bytes = directory.ask(connection -> connection.size(part));
        if (bytes.isPresent() && bytes.getAsLong() == length) {
            return proof.difference(stored.content(), content);
        }
        if (stored.lost().isPresent()) {
            throw directory.line().failure(stored.lost().get());
        }
        return Optional.of(bytes.isEmpty() ? "not there" : bytes.getAsLong() + " bytes instead of " + length);
    }

    /** Goes on with what an earlier attempt left; empty where there is nothing to go on with. */
    private Optional<Stored> storeRest(Content content, LongConsumer sent) throws BackupException, IOException {
        long left = directory.ask(connection -> connection.size(part)).orElse(0);
        if (left == 0 || left > length) {
            return Optional.empty();
        }
        try (Reading reading = new Reading(content, directory.offersDigests())) {
            proof.prepare(reading);
            if (!proof.isBeginning(reading, left)) {
                LOG.info("{} on the server is not the beginning of what is to be sent; it is sent anew", part);
                return Optional.empty();
            }
            Optional<OutputStream> out = directory.ask(connection -> connection.storeRest(part, left));
            if (out.isEmpty()) {
                LOG.info("The server does not let {} be gone on with; it is sent anew", part);
                return Optional.empty();
            }
            sent.accept(left);
            return Optional.of(new Stored(reading, true, store(reading, out.get(), sent)));
        }
    }

    private Stored storeWhole(Content content, LongConsumer sent) throws BackupException, IOException {
        try (Reading reading = new Reading(content, directory.offersDigests())) {
            proof.prepare(reading);
            OutputStream out = directory.ask(connection -> {
                // Servers that overwrite nothing refuse to store over what an earlier attempt left.
                connection.tryToDelete(part);
                return connection.store(part);
            });
            return new Stored(reading, false, store(reading, out, sent));
        }
    }

    /** Stores what is left to read; what it gives back is what broke when only the answer was lost. */
    private Optional<IOException> store(Reading content, OutputStream out, LongConsumer sent)
            throws BackupException, IOException {
        Connection connection = directory.connected();
        boolean sentAll = false;
        try {
            send(content, out, connection, sent);
            sentAll = true;
        } finally {
            if (!sentAll) {
                directory.hangUp();
            }
        }
        try {
            connection.endStoring(out, guard);
            return Optional.empty();
        } catch (IOException e) {
            BackupException failure = directory.broken(connection, e);
            directory.line().check();
            LOG.info("The answer to storing {} was lost, asking again: {}", part, failure.getMessage());
            return Optional.of(e);
        }
    }

    private void send(Reading content, OutputStream out, Connection connection, LongConsumer sent)
            throws BackupException, IOException {
        byte[] chunk = new byte[CHUNK];
        int read;
        while ((read = content.read(chunk, CHUNK)) >= 0) {
            directory.line().check();
            if (content.count() > length) {
                throw differs("longer than the " + length + " bytes it was said to have");
            }
            write(out, chunk, read, connection);
            sent.accept(content.count());
        }
        directory.line().check();
        if (content.count() < length) {
            throw differs(content.count() + " bytes instead of " + length);
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
