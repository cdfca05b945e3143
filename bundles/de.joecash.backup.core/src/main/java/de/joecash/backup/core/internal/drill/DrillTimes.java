package de.joecash.backup.core.internal.drill;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillResult;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When drills are due, and what follows from it. Pure: knows neither the present nor the disk. Results of a time that
 * is yet to come tell that the clock was ahead, and do not count.
 *
 * @param every how often
 * @param day of the week, for {@link Every#WEEK}
 * @param time of the day, for all but {@link Every#BACKUP}
 * @param zone the shop's
 */
public record DrillTimes(Every every, DayOfWeek day, LocalTime time, ZoneId zone) {
    /** How often backups are drilled. */
    public enum Every {
        /** Only where somebody asks for it. */
        NEVER,
        /** Each day. */
        DAY,
        /** Each week; after a drill that failed each day, as soon as there is a newer backup, until one passes. */
        WEEK,
        /** After each automatic backup. */
        BACKUP
    }

    private static final Duration A_DAY = Duration.ofDays(1);

    /** Checks that nothing is missing. */
    public DrillTimes {
        Objects.requireNonNull(every, "every");
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * What is to be drilled now.
     *
     * @param backup the newest good backup of the live database
     * @param reason the same until it is drilled, or something else is due
     */
    record Due(Backup backup, String reason) {}

    /**
     * Says what is to be drilled now. A slot that came before there was any backup is not made up for.
     *
     * @param newestFirst every backup
     */
    Optional<Due> due(Instant now, List<Backup> newestFirst) {
        List<Backup> live = live(now, newestFirst).stream().filter(Backup::good).toList();
        if (every == Every.NEVER || live.isEmpty()) {
            return Optional.empty();
        }
        if (every == Every.BACKUP) {
            return live.stream()
                    .filter(backup -> backup.manifest().kind() == BackupKind.AUTOMATIC)
                    .limit(1)
                    .filter(backup -> backup.drill().isEmpty())
                    .map(backup -> new Due(backup, backup.id().value()))
                    .findFirst();
        }
        ZonedDateTime slot = newest(daily(now, newestFirst), now);
        return anyDrilled(newestFirst, slot.toInstant(), now) || !anyStarted(live, slot.toInstant())
                ? Optional.empty()
                : Optional.of(new Due(live.get(0), slot.toString()));
    }

    /** Says when the next drill is due by its time; in the past where it is due now. */
    Optional<ZonedDateTime> next(Instant now, List<Backup> newestFirst) {
        if (every == Every.NEVER || every == Every.BACKUP) {
            return Optional.empty();
        }
        boolean daily = daily(now, newestFirst);
        ZonedDateTime newest = newest(daily, now);
        return Optional.of(
                due(now, newestFirst).isPresent()
                        ? newest
                        : at(newest.toLocalDate().plusDays(daily ? 1 : 7)));
    }

    /** Says whether drills are planned, and none was made for more than two intervals though there was a backup. */
    boolean overdue(Instant now, List<Backup> newestFirst) {
        if (every == Every.NEVER) {
            return false;
        }
        Instant limit = now.minus((every == Every.WEEK ? A_DAY.multipliedBy(7) : A_DAY).multipliedBy(2));
        return anyStarted(live(now, newestFirst), limit) && !anyDrilled(newestFirst, limit, now);
    }

    /** The newest backup of the live database that was drilled and is none of a restore. */
    static Optional<Backup> drilled(List<Backup> newestFirst) {
        return newestFirst.stream()
                .filter(Backup::live)
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .filter(backup -> backup.drill().isPresent())
                .findFirst();
    }

    private boolean daily(Instant now, List<Backup> newestFirst) {
        Optional<Backup> failed = drilled(newestFirst).filter(Backup::drillFailed);
        return every == Every.DAY
                || (failed.isPresent()
                        && live(now, newestFirst).stream()
                                .anyMatch(backup -> backup.good()
                                        && backup.id().compareTo(failed.get().id()) > 0));
    }

    private ZonedDateTime newest(boolean daily, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate date = daily ? today : today.with(TemporalAdjusters.previousOrSame(day));
        ZonedDateTime slot = at(date);
        return slot.toInstant().isAfter(now) ? at(date.minusDays(daily ? 1 : 7)) : slot;
    }

    private ZonedDateTime at(LocalDate date) {
        return ZonedDateTime.of(date, time, zone);
    }

    private static List<Backup> live(Instant now, List<Backup> newestFirst) {
        return newestFirst.stream()
                .filter(Backup::live)
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .filter(backup -> !backup.manifest().started().toInstant().isAfter(now))
                .toList();
    }

    private static boolean anyStarted(List<Backup> backups, Instant before) {
        return backups.stream()
                .anyMatch(backup -> backup.manifest().started().toInstant().isBefore(before));
    }

    private static boolean anyDrilled(List<Backup> backups, Instant from, Instant to) {
        return backups.stream()
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .flatMap(backup -> backup.drill().stream())
                .map(DrillResult::at)
                .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }
}
