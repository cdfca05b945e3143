package de.joecash.backup.core.internal.archive;

/**
 * Where one member of an archive lies and what it holds.
 *
 * @param ordinal its number, counted from 0
 * @param contentOffset where its content begins within the whole content, in bytes
 * @param contentLength length of its content, 1 to {@link Cutter#MAX} bytes
 * @param storedOffset where it begins in the file, in bytes
 * @param storedLength its length in the file with gzip's header and trailer, in bytes
 * @param storedCrc CRC-32 of its bytes in the file
 * @param sha256 SHA-256 of its content
 */
public record Member(
        int ordinal,
        long contentOffset,
        int contentLength,
        long storedOffset,
        int storedLength,
        int storedCrc,
        Digest sha256) {}
