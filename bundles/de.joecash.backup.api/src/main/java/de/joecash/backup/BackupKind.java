package de.joecash.backup;

/** Who wanted a backup. */
public enum BackupKind {
    /** A person, by button or command. */
    MANUAL,
    /** The schedule, the closing of the day, or a look at a database that came and holds much less than before. */
    AUTOMATIC,
    /** A restore, of what it was about to replace. */
    SAFETY
}
