package de.joecash.backup;

import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What drills have shown, and when the next one comes. Safety backups do not count.
 *
 * @param newest the newest backup that was drilled; empty where none was yet
 * @param overdue whether drills are planned, and none was made for more than two intervals though there was a backup
 * @param next when the next one is due by itself, in the shop's zone; in the past while it is being made up for; empty
 *     where none is planned, or one follows each automatic backup
 * @param hindrance why the last one that was due could not be made; says nothing about a backup
 */
public record DrillStatus(
        Optional<Backup> newest, boolean overdue, Optional<ZonedDateTime> next, Optional<Problem> hindrance) {
    private static final DrillStatus NONE =
            new DrillStatus(Optional.empty(), false, Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public DrillStatus {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(hindrance, "hindrance");
    }

    /**
     * Gives the state where no drill was made and none is planned.
     *
     * @return always the same
     */
    public static DrillStatus none() {
        return NONE;
    }

    /**
     * Gives what the drill of {@link #newest} found wrong. It stands until a drill of that backup or of a newer one
     * passes: a newer backup that was not drilled proves nothing.
     *
     * @return empty where it passed, or there was none
     */
    public Optional<Problem> failure() {
        return newest.flatMap(Backup::drill).flatMap(DrillResult::problem);
    }
}
