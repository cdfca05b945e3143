package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.InputStream;

/** Digests a file as it is read, and lets somebody look on. Not thread-safe. */
public final class DigestingInput extends InputStream {
    private final InputStream in;
    private final Sha256 digest;
    private final ArchiveInput.Watch watch;

    /**
     * Reads a file.
     *
     * @param in the file; closed with this
     * @param digest takes in what is read
     * @param watch is told how many bytes were read, and may stop the reading
     */
    public DigestingInput(InputStream in, Sha256 digest, ArchiveInput.Watch watch) {
        this.in = in;
        this.digest = digest;
        this.watch = watch;
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
            watch.read(digest.bytes());
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
