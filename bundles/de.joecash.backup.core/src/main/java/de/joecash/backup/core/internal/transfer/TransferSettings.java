package de.joecash.backup.core.internal.transfer;

import java.time.Duration;

/**
 * How transfers go out.
 *
 * @param firstRetry how long a transfer waits after its first failure
 * @param spread within which time an automatic transfer begins, by chance, so that many tills do not ring at once
 * @param bandwidth how much of the line they may take
 */
public record TransferSettings(Duration firstRetry, Duration spread, Bandwidth bandwidth) {
    private static final Duration LONGEST_SPREAD = Duration.ofHours(1);

    /** Checks the ranges. */
    public TransferSettings {
        if (spread.isNegative() || spread.compareTo(LONGEST_SPREAD) > 0) {
            throw new IllegalArgumentException("The spread is from nothing to an hour");
        }
    }
}
