package de.joecash.backup.schedule.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The times of day at which backups are due, and what follows from them. Pure: knows neither the present nor the disk.
 *
 * @param zone the shop's
 * @param times in ascending order, each once, 1 to 96 of them
 */
record Timetable(ZoneId zone, List<LocalTime> times) {
    private static final int MOST = 96;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("H:mm").withResolverStyle(ResolverStyle.STRICT);

    /** A good backup that was made for a slot. */
    private record Made(Backup backup, Slot slot) {
        boolean madeAfter(Made other) {
            return backup.manifest()
                            .source()
                            .till()
                            .equals(other.backup.manifest().source().till())
                    && backup.id().compareTo(other.backup.id()) > 0;
        }
    }

    Timetable {
        times = times.stream().distinct().sorted().toList();
        if (times.isEmpty() || times.size() > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " times, not " + times.size());
        }
    }

    /** Reads the times as {@code 7:00} or {@code 07:00} and the zone as {@code Europe/Berlin}. */
    static Timetable of(String[] times, String zone) throws BackupException {
        checkCount(times.length);
        LocalTime[] parsed = new LocalTime[times.length];
        for (int i = 0; i < times.length; i++) {
            try {
                parsed[i] = LocalTime.parse(times[i].strip(), TIME);
            } catch (DateTimeException e) {
                throw refused("\"times\" holds " + quoted(times[i]) + ", which is no time of day like 07:00", e);
            }
        }
        try {
            return new Timetable(ZoneId.of(zone.strip()), List.of(parsed));
        } catch (DateTimeException e) {
            throw refused("\"zone\" is " + quoted(zone) + ", which is no time zone like Europe/Berlin", e);
        }
    }

    /** The same zone with other times; there are no seconds in a timetable. */
    Timetable with(List<LocalTime> others) throws BackupException {
        checkCount(others.size());
        return new Timetable(
                zone,
                others.stream()
                        .map(time -> time.truncatedTo(ChronoUnit.MINUTES))
                        .toList());
    }

    private static void checkCount(int count) throws BackupException {
        if (count == 0 || count > MOST) {
            throw refused("\"times\" has to hold 1 to " + MOST + " times of day, not " + count, null);
        }
    }

    /** The last slot that is due at or before an instant. */
    Slot newest(Instant now) {
        return around(now)
                .filter(slot -> !slot.due().toInstant().isAfter(now))
                .max(Slot::compareTo)
                .orElseThrow();
    }

    /** The first slot that is due later than another; of two due at one instant the one that {@link #newest} gives. */
    Slot after(Slot slot) {
        Instant due = slot.due().toInstant();
        Slot next = around(due)
                .filter(later -> later.due().toInstant().isAfter(due))
                .min(Slot::compareTo)
                .orElseThrow();
        return newest(next.due().toInstant());
    }

    /**
     * Says whether a slot needs no backup any more: there is a good automatic one that was made for it, or for a later
     * one that is due by now.
     *
     * <p>What was made for slots that are yet to come tells that the clock was ahead, or has been put back. It never
     * stands for a slot: a clock that was years ahead blocks nothing. A backup does not count either when the clock
     * went back after it was made, and did so by more than a day, or so that an earlier slot was served since: then the
     * backup is older than its slot says. A clock put back by less than a day repeats nothing.
     *
     * @param backups the catalogue, in any order
     */
    boolean covered(Slot slot, Instant now, List<Backup> backups) {
        List<Made> made = backups.stream()
                .filter(Backup::good)
                .filter(backup -> backup.manifest().kind() == BackupKind.AUTOMATIC)
                .flatMap(backup -> backup.manifest().slot().map(this::slot).map(of -> new Made(backup, of)).stream())
                .toList();
        return made.stream()
                .filter(candidate -> candidate.slot.compareTo(slot) >= 0
                        && !candidate.slot.due().toInstant().isAfter(now))
                .anyMatch(candidate -> trusted(candidate, now, made));
    }

    private boolean trusted(Made candidate, Instant now, List<Made> made) {
        List<Made> later =
                made.stream().filter(other -> other.madeAfter(candidate)).toList();
        return later.stream().noneMatch(other -> other.slot.compareTo(candidate.slot) < 0)
                && later.stream()
                                .filter(other -> other.slot.due().toInstant().isAfter(now))
                                .count()
                        <= times.size();
    }

    /** Every slot of the days next to an instant. Two days back, for there are zones that once left out a whole one. */
    private Stream<Slot> around(Instant instant) {
        LocalDate day = LocalDate.ofInstant(instant, zone);
        return LongStream.rangeClosed(-2, 2)
                .mapToObj(day::plusDays)
                .flatMap(date -> times.stream().map(date::atTime))
                .map(this::slot);
    }

    private Slot slot(LocalDateTime local) {
        return new Slot(local, ZonedDateTime.ofLocal(local, zone, null));
    }

    private static String quoted(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private static BackupException refused(String detail, DateTimeException cause) {
        return new BackupException(new Problem.InvalidInput(Schedule.PID + ": " + detail), cause);
    }
}
