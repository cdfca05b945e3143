package de.joecash.backup.spi;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The digest of a table's rows that {@link de.joecash.backup.TableContents} holds. It does not depend on their order:
 * the SHA-256 (FIPS 180-4) of the row count and of the sum, modulo 2^256, of the rows' own SHA-256.
 *
 * <p>Not in their order, because a database may dump a table in another order once it was restored: H2 orders a
 * restored table by a primary key that was added when the first one was filled. Equal rows count as often as they
 * occur.
 *
 * <p>Used by one thread at a time.
 */
@ProviderType
public final class RowDigest {
    private static final int SHA256_BYTES = 32;
    private static final int WORDS = SHA256_BYTES / Long.BYTES;

    private final MessageDigest digest = sha256();
    /** The sum, its most significant word first. */
    private final long[] sum = new long[WORDS];

    private long rows;

    /** Creates one of no rows. */
    public RowDigest() {}

    /**
     * Takes a part of a row.
     *
     * @param bytes hold the part; not kept
     * @param offset where it begins in them
     * @param length how many bytes it has
     */
    public void part(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** Ends a row; the next part begins another. */
    public void endRow() {
        LongBuffer words = ByteBuffer.wrap(digest.digest()).asLongBuffer();
        long carry = 0;
        for (int i = WORDS - 1; i >= 0; i--) {
            long addend = words.get(i);
            long added = sum[i] + addend;
            long withCarry = added + carry;
            boolean over = Long.compareUnsigned(added, addend) < 0 || Long.compareUnsigned(withCarry, added) < 0;
            carry = over ? 1 : 0;
            sum[i] = withCarry;
        }
        rows++;
    }

    /**
     * Counts.
     *
     * @return the rows that were ended
     */
    public long rows() {
        return rows;
    }

    /**
     * Gives the digest of the rows so far.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String hex() {
        ByteBuffer all = ByteBuffer.allocate(SHA256_BYTES + Long.BYTES).putLong(rows);
        for (long word : sum) {
            all.putLong(word);
        }
        return HexFormat.of().formatHex(sha256().digest(all.array()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
