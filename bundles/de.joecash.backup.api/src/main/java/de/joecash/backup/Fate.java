package de.joecash.backup;

/** What the next manual or automatic backup makes of one that is there: whether it goes, or else why it stays. */
public enum Fate {
    /** It is removed from the backup folder; copies elsewhere stay. */
    GOES,
    /** A person wants it kept for ever. */
    FOR_EVER,
    /** A later one held much less: it stays for the case that the database was lost in between. */
    BEFORE_LOSS,
    /** It is one of the newest good ones, of which so many are kept. */
    NEWEST,
    /**
     * It is the last good one of its kind whose drill has not failed: it stays until there is a newer one of that kind.
     */
    LAST_GOOD,
    /** It is the last good one whose drill has passed. */
    LAST_PASSED,
    /** It is the last one that was drilled: its failure stands until another drill passes. */
    LAST_DRILLED,
    /** It is damaged, and not older than everything that is kept. */
    DAMAGED
}
