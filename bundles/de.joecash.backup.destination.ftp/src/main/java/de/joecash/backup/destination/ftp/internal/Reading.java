package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Content as it is read, from its beginning: counted, digested where that is of use, and some pieces kept. */
final class Reading implements AutoCloseable {
    private final InputStream in;
    private final MessageDigest digest = sha256Digest();
    private final boolean digested;
    private final Windows windows = new Windows();
    private long count;

    /** @param digested whether {@link #sha256} will be asked for, which costs time */
    Reading(Content content, boolean digested) throws IOException {
        in = content.open();
        this.digested = digested;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Pieces to keep; whole once they were read. */
    Windows windows() {
        return windows;
    }

    int read(byte[] chunk, int limit) throws IOException {
        int read = in.read(chunk, 0, limit);
        if (read > 0) {
            if (digested) {
                digest.update(chunk, 0, read);
            }
            windows.pass(chunk, read, count);
            count += read;
        }
        return read;
    }

    boolean digested() {
        return digested;
    }

    /** How many bytes were read. */
    long count() {
        return count;
    }

    /** The digest of what was read. */
    byte[] sha256() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("A SHA-256 under way can be copied", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
