package de.joecash.backup.core.internal.pace;

/**
 * How fast a backup may be.
 *
 * @param yielding whether it slows down while the till is open
 * @param floor bytes a second below which it is never slowed down, so that it ends; 1 or more
 * @param ceiling bytes a second that it never exceeds, whatever the till does; {@link #UNLIMITED} for no limit
 */
public record PaceSettings(boolean yielding, double floor, double ceiling) {
    /** No limit. */
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Checks the ranges. */
    public PaceSettings {
        if (!(floor >= 1 && ceiling >= 1)) {
            throw new IllegalArgumentException("A pace is 1 byte a second or more");
        }
    }

    /** Gives the pace of one that yields to nobody and has no limit. */
    public static PaceSettings full() {
        return new PaceSettings(false, 1, UNLIMITED);
    }
}
