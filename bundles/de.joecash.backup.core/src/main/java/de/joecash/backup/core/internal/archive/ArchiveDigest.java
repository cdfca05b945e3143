package de.joecash.backup.core.internal.archive;

/**
 * What an archive holds and is.
 *
 * @param contentBytes length of the content
 * @param contentSha256 SHA-256 of the content, in lower-case hexadecimal digits
 * @param archiveBytes length of the file
 * @param archiveSha256 SHA-256 of the file
 */
public record ArchiveDigest(long contentBytes, String contentSha256, long archiveBytes, String archiveSha256) {}
