package de.joecash.backup.core.internal.archive;

/**
 * A member as it stands in a file.
 *
 * @param bytes its bytes, not copied
 * @param crc CRC-32 of its bytes
 * @param contentLength length of its content in bytes
 * @param sha256 SHA-256 of its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to the next, never compared
record StoredMember(byte[] bytes, int crc, int contentLength, Digest sha256) {
    StoredMember(byte[] bytes, int contentLength, Digest sha256) {
        this(bytes, MemberFormat.crc(bytes, bytes.length), contentLength, sha256);
    }
}
