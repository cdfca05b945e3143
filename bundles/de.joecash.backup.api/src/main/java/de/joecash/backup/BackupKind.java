package de.joecash.backup;

/** Who wanted a backup. */
public enum BackupKind {
    /** A person, by button or command. */
    MANUAL,
    /** The schedule or the closing of the day. */
    AUTOMATIC,
    /** A restore, of what it was about to replace. */
    SAFETY
}
