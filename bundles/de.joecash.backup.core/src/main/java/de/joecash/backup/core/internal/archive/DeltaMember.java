package de.joecash.backup.core.internal.archive;

/**
 * A member that a pack holds as what it differs in from another.
 *
 * @param base SHA-256 of the content that it differs from
 * @param sha256 SHA-256 of its content
 * @param contentLength length of its content, 1 to {@link Cutter#MAX} bytes
 * @param storedLength its length as it stands in the archive, in bytes
 * @param storedCrc CRC-32 of its bytes as they stand in the archive
 * @param bytes length of the delta
 */
public record DeltaMember(Digest base, Digest sha256, int contentLength, int storedLength, int storedCrc, int bytes) {
    /**
     * What the deltas of one archive may cost: whoever makes it again keeps them in memory until what they rest on has
     * come. More is refused.
     */
    public static final long MOST_COST = 16 << 20;
    /** What those may cost that a new archive finds there; its other members go whole again. */
    public static final long MOST_COST_THERE = MOST_COST / 4;
    /** What those of a pack may cost until no more are made; one costs 1 MiB at most. */
    static final long MOST_COST_OF_A_PACK = MOST_COST / 8;
    /** What a delta of nothing costs in memory. */
    private static final int COST = 512;

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public DeltaMember {
        if (contentLength < 1
                || contentLength > Cutter.MAX
                || storedLength < MemberFormat.HEADER + MemberFormat.TRAILER
                || storedLength > MemberFormat.MAX_STORED
                || bytes < 0
                || bytes > Cutter.MAX) {
            throw new IllegalArgumentException("Not a delta: " + contentLength + " in " + bytes);
        }
    }

    /** What it costs in memory, in bytes. */
    public long cost() {
        return COST + (long) bytes;
    }

    /** What it gives, wherever that lies. */
    public Member member() {
        return new Member(0, 0, contentLength, 0, storedLength, storedCrc, sha256);
    }

    /** Whether it is this one, in the very bytes that it has in its archive. */
    public boolean gives(Member member) {
        return sha256.equals(member.sha256())
                && storedLength == member.storedLength()
                && storedCrc == member.storedCrc();
    }
}
