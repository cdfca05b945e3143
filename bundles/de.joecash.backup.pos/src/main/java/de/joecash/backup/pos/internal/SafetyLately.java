package de.joecash.backup.pos.internal;

import de.joecash.backup.BackupService;
import de.joecash.backup.Safety;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How safe the data is, or was seconds ago: a host may draw its menu again and again, and each look at the state is one
 * at every backup. Thread-safe.
 */
final class SafetyLately {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private volatile Look last;

    /** A service that was updated is not held on to. */
    private record Look(WeakReference<BackupService> backups, long at, Safety safety) {}

    /** @param nanos as {@link System#nanoTime} */
    SafetyLately(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Safety of(BackupService backups) {
        Look known = last;
        long now = nanos.getAsLong();
        if (known == null || !known.backups.refersTo(backups) || now - known.at > FRESH_NANOS) {
            known = new Look(new WeakReference<>(backups), now, backups.status().safety());
            last = known;
        }
        return known.safety;
    }
}
