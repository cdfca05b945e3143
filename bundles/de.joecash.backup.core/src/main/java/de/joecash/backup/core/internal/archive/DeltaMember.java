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

    /** Whether it is this one, in the very bytes that it has in its archive. */
    public boolean gives(Member member) {
        return sha256.equals(member.sha256())
                && storedLength == member.storedLength()
                && storedCrc == member.storedCrc();
    }
}
