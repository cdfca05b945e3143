package de.joecash.backup.core.internal.archive;

/**
 * A member as it stands in a file.
 *
 * @param bytes its bytes from index 0, not copied; and perhaps more
 * @param length number of its bytes
 * @param crc CRC-32 of its bytes
 * @param contentLength length of its content in bytes
 * @param sha256 SHA-256 of its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to the next, never compared
record StoredMember(byte[] bytes, int length, int crc, int contentLength, Digest sha256) {}
