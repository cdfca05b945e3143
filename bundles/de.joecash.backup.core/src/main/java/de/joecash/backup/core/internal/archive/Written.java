package de.joecash.backup.core.internal.archive;

/**
 * An archive that was written.
 *
 * @param digest what it holds and is
 * @param index its members
 */
public record Written(ArchiveDigest digest, MemberIndex index) {}
