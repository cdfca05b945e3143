package de.joecash.backup.core.internal.archive;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest (FIPS 180-4) as a value. Immutable. */
public final class Digest {
    /** Bytes in a digest. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if it has another length
     */
    public Digest(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("Not a SHA-256 digest: " + bytes.length + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** Its bytes, copied. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
