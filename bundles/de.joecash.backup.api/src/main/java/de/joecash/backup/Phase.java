package de.joecash.backup;

/** What a run is doing. */
public enum Phase {
    /** Asked for, not begun. */
    WAITING,
    /** Reading the database and writing the archive. */
    DUMPING,
    /** Reading an archive back and comparing it. */
    VERIFYING,
    /** Making a safety backup of what a restore is about to replace. */
    SAFETY,
    /** Loading the dump into a side database. */
    LOADING,
    /** Comparing the side database with the manifest. */
    COMPARING,
    /** Asking the host about the books in the side database. */
    CHECKING,
    /** Putting the side database in the live one's place. */
    ACTIVATING,
    /** Connecting to a destination. */
    CONNECTING,
    /** Packing and sealing what is sent. */
    PACKING,
    /** Sending to a destination. */
    SENDING,
    /** Fetching from a destination. */
    FETCHING,
    /** Held up because somebody wanted it so; goes on where it stopped. */
    PAUSED,
    /** Over; the outcome is there. */
    ENDED
}
