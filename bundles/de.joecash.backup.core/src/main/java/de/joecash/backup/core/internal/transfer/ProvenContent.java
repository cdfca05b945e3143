package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.Sha256;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.spi.Destination;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file to be stored; its last bytes are handed out only where the digest of all is the one that was recorded. */
final class ProvenContent implements Destination.Content {
    private final Path file;
    private final long bytes;
    private final String sha256;
    private final Problem changed;

    /**
     * Proves a file.
     *
     * @param bytes the length that was recorded
     * @param sha256 the digest that was recorded
     * @param changed what it means where it is another one
     */
    ProvenContent(Path file, long bytes, String sha256, Problem changed) {
        this.file = file;
        this.bytes = bytes;
        this.sha256 = sha256;
        this.changed = changed;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public InputStream open() throws IOException {
        return new Proving(Files.newInputStream(file));
    }

    private final class Proving extends FilterInputStream {
        private final Sha256 digest = new Sha256();
        private boolean ended;

        Proving(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                digest.update(buffer, offset, count);
            }
            if (!ended && (count < 0 || digest.bytes() >= bytes)) {
                ended = true;
                if (!digest.hex().equals(sha256)) {
                    throw new StoppedException(new BackupException(changed));
                }
            }
            return count;
        }

        @Override
        public long skip(long count) {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
