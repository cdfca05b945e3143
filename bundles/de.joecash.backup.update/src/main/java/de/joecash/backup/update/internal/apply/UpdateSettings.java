package de.joecash.backup.update.internal.apply;

import java.time.Duration;
import java.util.List;

/**
 * What is configured.
 *
 * @param keys of vendors, as they were typed
 * @param health the limit within which everything has to be up
 * @param patience the longest wait for the end of a run
 */
public record UpdateSettings(List<String> keys, Duration health, Duration patience) {
    /** Checks the ranges, and keeps a copy of the keys. */
    public UpdateSettings {
        keys = List.copyOf(keys);
        if (health.isNegative() || health.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("healthSeconds is 1 or more, waitMinutes 0 or more");
        }
    }
}
