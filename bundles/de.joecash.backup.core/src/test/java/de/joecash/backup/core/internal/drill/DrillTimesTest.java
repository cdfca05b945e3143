package de.joecash.backup.core.internal.drill;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.Samples;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 2026-11-22 is a Sunday. */
class DrillTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final List<Backup> newestFirst = new ArrayList<>();

    @Test
    void isDueFromTheSlotOnUntilADrillWasMade() {
        backup(1, "2026-11-20T07:00");

        assertThat(due(weekly(), "2026-11-22T02:59")).isEmpty();
        assertThat(due(weekly(), "2026-11-22T03:00")).contains(1L);
        assertThat(due(weekly(), "2026-11-25T17:00"))
                .as("missed, and made up for")
                .contains(1L);

        drill(0, "2026-11-25T17:01", true);
        assertThat(due(weekly(), "2026-11-25T17:02")).isEmpty();
        assertThat(due(weekly(), "2026-11-29T02:59")).isEmpty();
        assertThat(due(weekly(), "2026-11-29T03:00")).contains(1L);
    }

    @Test
    void takesTheNewestGoodBackupOfTheLiveDatabase() {
        backup(1, "2026-11-20T07:00");
        backup(2, "2026-11-21T07:00");
        newestFirst.add(0, Samples.backup(3, BackupKind.SAFETY, at("2026-11-21T08:00")));
        Backup damaged = Samples.backup(4, BackupKind.MANUAL, at("2026-11-21T09:00"));
        newestFirst.add(
                0,
                new Backup(damaged.manifest(), damaged.provenAt(), Optional.of(new Problem.NoDatabase()), List.of()));

        assertThat(due(weekly(), "2026-11-22T03:00")).contains(2L);
    }

    @Test
    void makesNothingUpThatCameBeforeTheFirstBackup() {
        assertThat(due(weekly(), "2026-11-25T17:00")).isEmpty();
        backup(1, "2026-11-25T16:00");
        assertThat(due(weekly(), "2026-11-25T17:00")).isEmpty();
        assertThat(weekly().next(instant("2026-11-25T17:00"), newestFirst)).contains(at("2026-11-29T03:00"));
    }

    @Test
    void drillsDailyAfterAFailureAsSoonAsThereIsANewerBackup() {
        backup(1, "2026-11-20T07:00");
        drill(0, "2026-11-22T03:05", false);
        assertThat(due(weekly(), "2026-11-23T09:00"))
                .as("the same one again would say the same")
                .isEmpty();

        backup(2, "2026-11-22T21:00");
        assertThat(due(weekly(), "2026-11-23T02:00")).isEmpty();
        assertThat(due(weekly(), "2026-11-23T09:00")).contains(2L);

        drill(0, "2026-11-23T09:01", true);
        assertThat(due(weekly(), "2026-11-24T09:00")).isEmpty();
    }

    @Test
    void drillsEachAutomaticBackupOnceWhereThatIsWanted() {
        DrillTimes each = new DrillTimes(DrillTimes.Every.BACKUP, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN);
        newestFirst.add(Samples.backup(1, BackupKind.AUTOMATIC, at("2026-11-25T07:00")));
        newestFirst.add(0, Samples.backup(2, BackupKind.MANUAL, at("2026-11-25T08:00")));

        assertThat(due(each, "2026-11-25T09:00")).contains(1L);
        drill(1, "2026-11-25T09:01", false);
        assertThat(due(each, "2026-11-25T09:02")).isEmpty();
        newestFirst.add(0, Samples.backup(3, BackupKind.AUTOMATIC, at("2026-11-25T21:00")));
        assertThat(due(each, "2026-11-25T21:01")).contains(3L);
        assertThat(each.next(instant("2026-11-25T21:01"), newestFirst)).isEmpty();
    }

    @Test
    void isNeverDueWhereNobodyWantsIt() {
        DrillTimes never = new DrillTimes(DrillTimes.Every.NEVER, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN);
        backup(1, "2026-01-01T07:00");

        assertThat(due(never, "2026-11-22T03:00")).isEmpty();
        assertThat(never.overdue(instant("2026-11-22T03:00"), newestFirst)).isFalse();
        assertThat(never.next(instant("2026-11-22T03:00"), newestFirst)).isEmpty();
    }

    @Test
    void isOverdueAfterTwoIntervals() {
        assertThat(weekly().overdue(instant("2026-11-22T03:00"), newestFirst)).isFalse();
        backup(1, "2026-11-01T07:00");
        assertThat(weekly().overdue(instant("2026-11-15T06:59"), newestFirst)).isFalse();
        assertThat(weekly().overdue(instant("2026-11-15T07:01"), newestFirst)).isTrue();

        drill(0, "2026-11-15T08:00", true);
        assertThat(weekly().overdue(instant("2026-11-29T08:00"), newestFirst)).isFalse();
        assertThat(weekly().overdue(instant("2026-11-29T08:01"), newestFirst)).isTrue();
        DrillTimes daily = new DrillTimes(DrillTimes.Every.DAY, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN);
        assertThat(daily.overdue(instant("2026-11-17T08:01"), newestFirst)).isTrue();
    }

    @Test
    void countsNoDrillOfATimeThatIsYetToCome() {
        backup(1, "2026-11-20T07:00");
        drill(0, "2027-11-22T03:05", true);

        assertThat(due(weekly(), "2026-11-22T03:00")).contains(1L);
    }

    @Test
    void keepsItsTimeOfDayAcrossTheChangeOfClocks() {
        backup(1, "2026-03-20T07:00");
        DrillTimes half = new DrillTimes(DrillTimes.Every.WEEK, DayOfWeek.SUNDAY, LocalTime.of(2, 30), BERLIN);
        drill(0, "2026-03-22T02:31", true);

        assertThat(half.next(instant("2026-03-22T12:00"), newestFirst))
                .as("02:30 is not there that night")
                .contains(at("2026-03-29T03:30"));
        drill(0, "2026-03-29T03:31", true);
        assertThat(half.next(instant("2026-03-29T12:00"), newestFirst)).contains(at("2026-04-05T02:30"));
    }

    private static DrillTimes weekly() {
        return new DrillTimes(DrillTimes.Every.WEEK, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN);
    }

    private Optional<Long> due(DrillTimes times, String now) {
        return times.due(instant(now), newestFirst).map(due -> due.backup().id().sequence());
    }

    private void backup(long sequence, String started) {
        newestFirst.add(0, Samples.backup(sequence, BackupKind.MANUAL, at(started)));
    }

    private void drill(int index, String when, boolean passed) {
        Optional<Problem> problem = passed ? Optional.empty() : Optional.of(new Problem.RestoreFailed("test"));
        newestFirst.set(index, Samples.drilled(newestFirst.get(index), new DrillResult(instant(when), problem)));
    }

    private static ZonedDateTime at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN);
    }

    private static Instant instant(String local) {
        return at(local).toInstant();
    }
}
