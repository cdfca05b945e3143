package de.joecash.pos.reference.internal.till;

/** What the till found when it started. */
public enum Comeback {
    /** Nothing to tell. */
    PLAIN("Nothing to tell."),
    /** The old database was lost, and it began with an empty one. */
    LOST("The old database was lost."),
    /** It had been ended in the middle of a restore, which was finished. */
    RESTORED("The last restore was cut off after the swap: it is finished."),
    /** It had been ended in the middle of a restore, or of a check of one; the old state was kept. */
    KEPT("The last restore, or a check of one, was cut off before the swap: the old state was kept.");

    private final String words;

    Comeback(String words) {
        this.words = words;
    }

    /** Says it for the log. */
    String words() {
        return words;
    }
}
