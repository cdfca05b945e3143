package de.joecash.backup.core.internal.drill;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.MutableClock;
import de.joecash.backup.testkit.Samples;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrillsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final DrillTimes WEEKLY =
            new DrillTimes(DrillTimes.Every.WEEK, DayOfWeek.SUNDAY, LocalTime.of(3, 0), BERLIN);

    private final FakeBackupService core = new FakeBackupService();
    private final Backup backup =
            Samples.backup(42, BackupKind.MANUAL, ZonedDateTime.of(2026, 11, 21, 21, 0, 0, 0, BERLIN));

    /** A Monday morning: the shop's server was off on Sunday. */
    private final MutableClock clock =
            new MutableClock(ZonedDateTime.of(2026, 11, 23, 8, 0, 0, 0, BERLIN).toInstant(), BERLIN);

    private final Drills drills = new Drills(WEEKLY, core::list, id -> core.drill(Optional.of(id)), clock);

    @BeforeEach
    void fill() {
        core.backups.add(backup);
    }

    @Test
    void makesUpForWhatWasMissedButNotInTheFirstMinutes() {
        drills.tick();
        clock.advance(Drills.AFTER_START.minusSeconds(1));
        drills.tick();
        assertThat(core.runs).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        drills.tick();
        drills.tick();

        assertThat(core.runs).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo(Run.Kind.DRILL);
            assertThat(run.backup()).contains(backup.id());
        });
    }

    @Test
    void makesOneDrillForASlot() {
        FakeRun run = begun();
        pass(run);
        tickFor(Duration.ofDays(5));
        assertThat(core.runs).hasSize(1);

        tickFor(Duration.ofDays(1));

        assertThat(core.runs).as("next Sunday, 03:00").hasSize(2);
    }

    @Test
    void waitsWhereItGaveWayToSomethingElse() {
        begun().end(new Outcome.Failed(new Problem.Busy(Run.Kind.CREATE)));
        drills.tick();
        clock.advance(Drills.AFTER_OTHERS.minusSeconds(1));
        drills.tick();
        assertThat(core.runs).hasSize(1);
        assertThat(drills.status(core.list()).hindrance()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        drills.tick();

        assertThat(core.runs).hasSize(2);
    }

    @Test
    void leavesSomebodyAloneWhoCancelledItUntilTheNextSlot() {
        begun().cancel();
        tickFor(Duration.ofDays(5));
        assertThat(core.runs).hasSize(1);

        tickFor(Duration.ofDays(1));

        assertThat(core.runs).hasSize(2);
    }

    @Test
    void saysWhyItCouldNotBeMadeAndTriesAgainInAnHour() {
        Problem full = new Problem.NoSpace("/till", 2, 1);
        begun().end(new Outcome.Failed(full));
        drills.tick();
        assertThat(drills.status(core.list()).hindrance()).contains(full);
        clock.advance(Drills.AFTER_HINDRANCE.minusSeconds(1));
        drills.tick();
        assertThat(core.runs).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        drills.tick();
        pass(core.runs.get(1));

        assertThat(drills.status(core.list()).hindrance()).isEmpty();
        assertThat(drills.status(core.list()).newest()).isPresent();
    }

    @Test
    void tellsWhenTheNextOneIsDue() {
        assertThat(drills.status(core.list()).next())
                .as("missed")
                .contains(ZonedDateTime.of(2026, 11, 22, 3, 0, 0, 0, BERLIN));
        pass(begun());
        assertThat(drills.status(core.list()).next()).contains(ZonedDateTime.of(2026, 11, 29, 3, 0, 0, 0, BERLIN));
    }

    @Test
    void aClockThatIsPutBackStopsNothing() {
        pass(begun());
        clock.advance(Duration.ofDays(-365));
        drills.tick();
        clock.advance(Duration.ofDays(365));
        tickFor(Duration.ofDays(6));

        assertThat(core.runs).hasSize(2);
    }

    private FakeRun begun() {
        clock.advance(Drills.AFTER_START);
        drills.tick();
        return core.runs.get(0);
    }

    /** As the core does: the result is in the catalogue when the run ends. */
    private void pass(FakeRun run) {
        core.backups.set(0, Samples.drilled(backup, new DrillResult(clock.instant(), Optional.empty())));
        run.end(new Outcome.Succeeded(core.backups.get(0), Set.of()));
        drills.tick();
    }

    private void tickFor(Duration time) {
        for (long minutes = 0; minutes < time.toMinutes(); minutes++) {
            clock.advance(Duration.ofMinutes(1));
            drills.tick();
        }
    }
}
