package de.joecash.backup.core.internal.transfer;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * How much of the shop's line transfers may take, by the hour. A pure function of its parts.
 *
 * @param byDay bytes a second outside the night; {@link #UNLIMITED} for no limit
 * @param byNight bytes a second in the night; {@link #UNLIMITED} for no limit
 * @param nightBegins local time
 * @param nightEnds local time; before it begins where the night has a midnight in it; equal where there is no night
 * @param zone the shop's
 */
public record Bandwidth(double byDay, double byNight, LocalTime nightBegins, LocalTime nightEnds, ZoneId zone) {
    /** No limit. */
    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Checks the ranges. */
    public Bandwidth {
        if (!(byDay >= 1 && byNight >= 1)) {
            throw new IllegalArgumentException("A bandwidth is 1 byte a second or more");
        }
    }

    /** Gives that of a line that is all ours. */
    public static Bandwidth unlimited() {
        return new Bandwidth(UNLIMITED, UNLIMITED, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"));
    }

    /** Says how many bytes a second may be sent. */
    double at(Instant now) {
        LocalTime time = now.atZone(zone).toLocalTime();
        boolean begun = !time.isBefore(nightBegins);
        boolean over = !time.isBefore(nightEnds);
        boolean night = nightBegins.isAfter(nightEnds) ? begun || !over : begun && !over;
        return night ? byNight : byDay;
    }
}
