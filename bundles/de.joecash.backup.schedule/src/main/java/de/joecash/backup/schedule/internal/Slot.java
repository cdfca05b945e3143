package de.joecash.backup.schedule.internal;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Comparator;

/**
 * One time at which a backup is due.
 *
 * @param local what the shop's clock is meant to show; names the slot in requests and manifests
 * @param due when that is: a time that a spring night leaves out is moved on by what is left out, of a time that an
 *     autumn night has twice it is the first
 */
record Slot(LocalDateTime local, ZonedDateTime due) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing((Slot slot) -> slot.due().toInstant()).thenComparing(Slot::local);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
