package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.apache.sshd.sftp.common.SftpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file's way to the server: written as {@code .part}, or what is missing of it, compared, renamed, its length
 * compared again. Where an answer was lost, the server is asked anew what is there; nothing is guessed.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int ROUNDS = 4;

    /** What is read back of a part before it is gone on with; more than could be under way when it was cut off. */
    private static final int TAIL = 1 << 20;

    private final RemoteDirectory directory;
    private final String name;
    private final String part;
    private final long length;

    Upload(RemoteDirectory directory, String name, long length) {
        this.directory = directory;
        this.name = name;
        this.part = name + RemoteDirectory.PART;
        this.length = length;
    }

    void publish(Content content, LongConsumer sent) throws BackupException, IOException {
        if (directory.ask(connection -> connection.taken(name))) {
            throw taken();
        }
        try {
            arrive(content, sent);
            settle();
        } catch (BackupException e) {
            if (condemns(e.problem())) {
                removePart();
            }
            throw e;
        } catch (IOException e) {
            removePart();
            throw e;
        }
    }

    /** Whether nobody should go on with the part. Where the line or the login is the problem, it waits. */
    private static boolean condemns(Problem problem) {
        return problem instanceof Problem.CopyDiffers
                || problem instanceof Problem.NameTaken
                || problem instanceof Problem.ServerFull
                || problem instanceof Problem.ServerBusy
                || problem instanceof Problem.ServerRefused;
    }

    /** Goes on with the part, and begins anew where it turns out to be somebody else's. */
    private void arrive(Content content, LongConsumer sent) throws BackupException, IOException {
        Comparison comparison = new Comparison(directory, part, length);
        long left = left();
        if (left > 0) {
            Optional<Pieces> stored = store(content, left, sent);
            if (stored.isPresent() && comparison.difference(stored.get()).isEmpty()) {
                return;
            }
            LOG.info("What an earlier attempt left of {} is not this one's beginning, sending all of it", part);
        }
        Optional<String> difference =
                comparison.difference(store(content, 0, sent).orElseThrow());
        if (difference.isPresent()) {
            throw differs(difference.get());
        }
    }

    /** How much an earlier attempt left that may be gone on with. */
    private long left() throws BackupException {
        long left = directory.ask(connection -> connection.size(part)).orElse(0);
        return left <= length ? left : 0;
    }

    /** Stores what lies behind the offset; empty if what lies before it is not the content's beginning. */
    private Optional<Pieces> store(Content content, long offset, LongConsumer sent)
            throws BackupException, IOException {
        try (InputStream in = content.open()) {
            Pieces pieces = new Pieces();
            if (offset > 0) {
                if (!isBeginning(in, offset, pieces)) {
                    return Optional.empty();
                }
                sent.accept(offset);
            }
            Sending sending =
                    directory.ask(connection -> offset > 0 ? connection.append(part, offset) : fresh(connection));
            boolean whole = false;
            try {
                send(in, sending, pieces, offset, sent);
                whole = true;
            } finally {
                if (!whole) {
                    directory.hangUp();
                }
            }
            return Optional.of(pieces.ended());
        }
    }

    private Sending fresh(Connection connection) throws IOException {
        if (connection.taken(part)) {
            connection.delete(part);
        }
        return connection.create(part);
    }

    private boolean isBeginning(InputStream in, long offset, Pieces pieces) throws BackupException, IOException {
        int last = (int) Math.min(offset, TAIL);
        byte[] there = directory.ask(connection -> {
            try (InputStream tail = connection.read(part, offset - last, offset)) {
                return tail.readAllBytes();
            }
        });
        byte[] chunk = new byte[TAIL];
        for (long rest = offset; rest > 0; ) {
            directory.line().check();
            // What comes last is the same bytes as the tail.
            int wanted = (int) (rest > last ? Math.min(chunk.length, rest - last) : rest);
            int read = in.readNBytes(chunk, 0, wanted);
            pieces.update(chunk, 0, read);
            rest -= read;
            if (read < wanted) {
                return false;
            }
        }
        return Arrays.equals(there, 0, last, chunk, 0, last);
    }

    private void send(InputStream in, Sending sending, Pieces pieces, long offset, LongConsumer sent)
            throws BackupException, IOException {
        byte[] chunk = new byte[sending.piece()];
        long count = offset;
        int read;
        while ((read = in.readNBytes(chunk, 0, chunk.length)) > 0) {
            int taken = read;
            directory.line().check();
            count += taken;
            if (count > length) {
                throw differs("longer than the " + length + " bytes it was said to have");
            }
            pieces.update(chunk, 0, taken);
            write(connection -> sending.write(chunk, taken), sending);
            // What is under way counts: whoever limits the line has to see what is on it.
            sent.accept(sending.written());
        }
        directory.line().check();
        if (count < length) {
            throw differs(count + " bytes instead of " + length);
        }
        write(connection -> connection.finish(sending), sending);
        sent.accept(length);
    }

    private void write(RemoteDirectory.Deed writing, Sending sending) throws BackupException {
        directory.perform(connection -> {
            try {
                writing.perform(connection);
            } catch (SftpException e) {
                throw connection.writeRefused(e, length - sending.acknowledged());
            }
        });
    }

    /**
     * Renames the part and looks what came of it. What is there under the final name is ours only if we asked for it
     * and the part is gone.
     */
    private void settle() throws BackupException {
        boolean asked = false;
        for (int round = 0; round < ROUNDS; round++) {
            Connection connection = directory.connected();
            try {
                OptionalLong left = connection.size(part);
                if (connection.taken(name)) {
                    if (!asked || left.isPresent()) {
                        throw taken();
                    }
                    compareFinal(connection);
                    return;
                }
                if (left.isEmpty() || left.getAsLong() != length) {
                    throw differs(left.isEmpty() ? "nothing" : left.getAsLong() + " bytes instead of " + length);
                }
                asked = true;
                rename(connection);
            } catch (SftpException e) {
                throw connection.refused(e);
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

    /** Renames; what somebody else put there meanwhile is found by who asks next. */
    private void rename(Connection connection) throws IOException {
        try {
            connection.rename(part, name);
        } catch (SftpException e) {
            if (!connection.taken(name)) {
                throw e;
            }
        }
    }

    private void compareFinal(Connection connection) throws BackupException, IOException {
        OptionalLong there = connection.size(name);
        if (there.isEmpty() || there.getAsLong() != length) {
            connection.delete(name);
            throw differs("it is not as long under its final name");
        }
    }

    private void removePart() {
        try {
            directory.perform(connection -> connection.delete(part));
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
