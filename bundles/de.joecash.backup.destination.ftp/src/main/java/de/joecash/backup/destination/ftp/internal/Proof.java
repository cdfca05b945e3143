package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Compares what is on the server under a temporary name with the content that it should be. */
final class Proof {
    private static final int TAIL = 1 << 20;
    private static final int PIECE = 1 << 16;
    private static final int RANDOM_PIECES = 8;
    private static final int CHUNK = 1 << 16;

    private final RemoteDirectory directory;
    private final String part;
    private final long length;

    /**
     * @param part the temporary name
     * @param length the content's
     */
    Proof(RemoteDirectory directory, String part, long length) {
        this.directory = directory;
        this.part = part;
        this.length = length;
    }

    /** Says what to keep of the content for {@link #difference}; before anything of it is read. */
    void prepare(Reading content) {
        if (samples()) {
            content.windows().keep(0, PIECE);
            content.windows().keep(length - PIECE, PIECE);
            for (int i = 0; i < RANDOM_PIECES; i++) {
                content.windows().keep(ThreadLocalRandom.current().nextLong(length - PIECE), PIECE);
            }
        }
    }

    /** Of a short file all is compared, which costs less. */
    private boolean samples() {
        return directory.line().settings().verify() == Verify.SAMPLE && length > (RANDOM_PIECES + 2) * PIECE;
    }

    /**
     * Reads the content up to where the part ends, and says whether the part is its beginning: by the server's digest,
     * else by its first and its last bytes. {@link #difference} finds out about those in between.
     *
     * @param left the part's length
     */
    boolean isBeginning(Reading content, long left) throws BackupException, IOException {
        Windows ends = new Windows();
        int tail = (int) Math.min(TAIL, left);
        ends.keep(0, (int) Math.min(PIECE, left));
        ends.keep(left - tail, tail);
        byte[] chunk = new byte[CHUNK];
        while (content.count() < left) {
            directory.line().check();
            long position = content.count();
            int read = content.read(chunk, (int) Math.min(CHUNK, left - position));
            if (read < 0) {
                return false;
            }
            ends.pass(chunk, read, position);
        }
        Optional<byte[]> there = content.digested() ? directory.sha256(part, left) : Optional.empty();
        return there.isPresent() ? Arrays.equals(there.get(), content.sha256()) : equal(ends);
    }

    /**
     * Compares all, or a sample.
     *
     * @param read the content, to its end
     * @param content is read once more where the server gives no digest
     * @return what differs, if anything does
     */
    Optional<String> difference(Reading read, Content content) throws BackupException, IOException {
        boolean same = samples() ? equal(read.windows()) : allEqual(read, content);
        return same ? Optional.empty() : Optional.of("as long as it should be, but not the same bytes");
    }

    private boolean equal(Windows windows) throws BackupException {
        return windows.same((offset, piece) -> Arrays.equals(directory.piece(part, offset, piece.length), piece));
    }

    private boolean allEqual(Reading read, Content content) throws BackupException, IOException {
        Optional<byte[]> there = read.digested() ? directory.sha256(part, length) : Optional.empty();
        if (there.isPresent()) {
            return Arrays.equals(there.get(), read.sha256());
        }
        byte[] here = new byte[CHUNK];
        byte[] back = new byte[CHUNK];
        try (InputStream in = content.open();
                Back remote = new Back(directory.download(part, 0))) {
            int count;
            do {
                directory.line().check();
                count = remote.read(back);
                if (in.readNBytes(here, 0, count) != count || !Arrays.equals(here, 0, count, back, 0, count)) {
                    return false;
                }
            } while (count > 0);
            return true;
        }
    }

    /** What is read back; an {@link IOException} is the content's alone. */
    private record Back(InputStream in) implements AutoCloseable {
        int read(byte[] target) throws BackupException {
            try {
                return in.readNBytes(target, 0, target.length);
            } catch (IOException e) {
                throw problem(e);
            }
        }

        @Override
        public void close() throws BackupException {
            try {
                in.close();
            } catch (IOException e) {
                throw problem(e);
            }
        }

        private static BackupException problem(IOException e) {
            return e.getCause() instanceof BackupException known
                    ? known
                    : new BackupException(new Problem.Unexpected(Words.of(e)), e);
        }
    }
}
