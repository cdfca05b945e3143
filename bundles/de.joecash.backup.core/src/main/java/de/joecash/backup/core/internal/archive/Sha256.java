package de.joecash.backup.core.internal.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) over bytes as they pass, with their count. Not thread-safe. */
public final class Sha256 {
    private final MessageDigest digest;
    private long bytes;

    /** Begins with no bytes. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Takes in some bytes. */
    public void update(byte[] buffer, int offset, int length) {
        digest.update(buffer, offset, length);
        bytes += length;
    }

    /** Tells how many bytes were taken in. */
    public long bytes() {
        return bytes;
    }

    /** Ends it; to be called once. */
    public Digest digest() {
        return new Digest(digest.digest());
    }

    /** Digests a content by itself; the instance is used for nothing else, and as often as wanted. */
    Digest digest(byte[] content, int length) {
        digest.update(content, 0, length);
        return digest();
    }

    /** Ends it; to be called once. In lower-case hexadecimal digits. */
    public String hex() {
        return digest().toString();
    }
}
