package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.spi.Destination.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Content as it is read, from its beginning: counted, digested, and some pieces kept. */
final class Reading implements AutoCloseable {
    private final InputStream in;
    private final MessageDigest digest = sha256Digest();
    private final Windows windows = new Windows();
    private long count;

    Reading(Content content) throws IOException {
        in = content.open();
    }

    static MessageDigest sha256Digest() {
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
            digest.update(chunk, 0, read);
            windows.pass(chunk, read, count);
            count += read;
        }
        return read;
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
