package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupId;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.testkit.FakeBackupService;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentRunsTest {
    private static final Outcome FAILED = new Outcome.Failed(new Problem.NoDatabase());
    private static final BackupId ID = new BackupId("kasse1-2026-11-22T070000-000042");

    private Instant now = Instant.parse("2026-11-22T06:00:00Z");
    private final InstantSource source = () -> now;
    private final RecentRuns runs = new RecentRuns(source.withZone(ZoneOffset.UTC));
    private final FakeBackupService backups = new FakeBackupService();

    @Test
    void knowsARunThatWasSeenTwiceOnce() {
        Run run = backups.create(CreateRequest.manual("page"));

        assertThat(runs.watch(run)).isSameAs(runs.watch(run));
        assertThat(runs.list()).hasSize(1);
    }

    @Test
    void keepsTheEndOfTheLastRunOfEachKind() {
        runs.watch(backups.verify(ID));
        backups.runs.get(0).end(FAILED);
        runs.watch(backups.send(Optional.empty()));
        backups.runs.get(1).end(FAILED);
        runs.watch(backups.verify(ID));
        Instant ended = now;
        now = now.plusSeconds(11);

        assertThat(runs.list().stream().map(watched -> watched.run().id())).containsExactly("run-3", "run-2");
        assertThat(runs.list().get(1).end()).contains(new RecentRuns.End(FAILED, ended));
    }

    @Test
    void showsHowARunEndedThoughAnotherFollowsItAtOnce() {
        runs.watch(backups.create(CreateRequest.manual("page")));
        backups.runs.get(0).end(FAILED);
        runs.watch(backups.create(CreateRequest.manual("page")));
        backups.runs.get(1).end(FAILED);

        assertThat(runs.list().stream().map(watched -> watched.run().id())).containsExactly("run-2", "run-1");
    }

    @Test
    void keepsTheEndOfARunThatWaitedForOneThatWasSeenLater() {
        runs.watch(backups.verify(ID));
        runs.watch(backups.verify(ID));

        backups.runs.get(1).end(FAILED);
        assertThat(runs.list()).hasSize(2);
        backups.runs.get(0).end(FAILED);
        now = now.plusSeconds(11);

        assertThat(runs.list().stream().map(watched -> watched.run().id())).containsExactly("run-1");
    }

    @Test
    void forgetsAnEndAfterHalfADayAndNeverARunUnderWay() {
        runs.watch(backups.verify(ID));
        backups.runs.get(0).end(FAILED);
        runs.watch(backups.create(CreateRequest.manual("page")));

        now = now.plusSeconds(13 * 3600);

        assertThat(runs.list().stream().map(watched -> watched.run().id())).containsExactly("run-2");
    }
}
