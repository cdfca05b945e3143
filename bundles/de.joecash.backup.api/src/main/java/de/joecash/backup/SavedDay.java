package de.joecash.backup;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What was backed up on a day.
 *
 * @param day in the shop's zone
 * @param good how many good backups of it there are
 * @param offServer whether a copy of one of them is off the server
 */
public record SavedDay(LocalDate day, int good, boolean offServer) {
    /** Checks that nothing is missing. */
    public SavedDay {
        Objects.requireNonNull(day, "day");
    }
}
