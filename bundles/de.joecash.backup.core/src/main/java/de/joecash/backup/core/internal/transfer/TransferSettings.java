package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.spi.DestinationProvider;
import java.time.Duration;

/**
 * How transfers go out.
 *
 * @param firstRetry how long a transfer waits after its first failure
 * @param spread within which time an automatic transfer begins, by chance, so that many tills do not ring at once
 * @param bandwidth how much of the line they may take
 * @param fullEvery how old the last full archive at a place may become
 * @param retention which backups stay at a place that is no medium
 * @param keepOnMedium how many of this till's backups stay on a medium, the newest; 0 for all that fit
 */
public record TransferSettings(
        Duration firstRetry,
        Duration spread,
        Bandwidth bandwidth,
        Duration fullEvery,
        RemoteRetention retention,
        int keepOnMedium) {
    private static final Duration LONGEST_SPREAD = Duration.ofHours(1);

    /** Checks the ranges. */
    public TransferSettings {
        if (spread.isNegative() || spread.compareTo(LONGEST_SPREAD) > 0) {
            throw new IllegalArgumentException("The spread is from nothing to an hour");
        }
        if (fullEvery.isNegative() || fullEvery.isZero()) {
            throw new IllegalArgumentException("A full archive stays the last one for more than nothing");
        }
        if (keepOnMedium < 0) {
            throw new IllegalArgumentException("A medium keeps one backup, or more, or all that fit");
        }
    }

    /** How many of a till's backups stay at a destination at most. */
    int keptAt(String destination) {
        if (!destination.equals(DestinationProvider.MEDIUM)) {
            return retention.keep();
        }
        return keepOnMedium == 0 ? Integer.MAX_VALUE : keepOnMedium;
    }
}
