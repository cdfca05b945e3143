package de.joecash.pos.reference.internal.till;

import java.util.List;

/**
 * How the till is, at one glance.
 *
 * @param phase what it does
 * @param receipts how many receipts there are, as far as known
 * @param wanted while seeding, how many there will be
 * @param perSecond sales a second over the last ten
 * @param comeback what it came up in, as long as no restore changed that
 * @param newest the newest sales, the newest first
 */
public record TillStatus(
        Phase phase, long receipts, long wanted, double perSecond, Comeback comeback, List<SalesBoard.Sold> newest) {

    /** What the till does. */
    public enum Phase {
        /** Opens its database. */
        STARTING,
        /** Makes up its first receipts. */
        SEEDING,
        /** Sells. */
        SELLING,
        /** Could not sell the last time it tried, and tries again. */
        TROUBLE,
        /** Could not start. */
        FAILED,
        /** Was stopped. */
        STOPPED
    }

    /** Keeps a copy of the list. */
    public TillStatus {
        newest = List.copyOf(newest);
    }

    /**
     * Says whether it began with an empty database because the old one was lost, and nothing was restored since.
     *
     * @return whether that is so
     */
    public boolean lost() {
        return comeback == Comeback.LOST;
    }
}
