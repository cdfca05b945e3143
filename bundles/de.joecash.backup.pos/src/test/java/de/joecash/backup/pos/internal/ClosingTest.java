package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.Samples;
import de.joecash.pos.closing.Closing;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private static final Closing DAY_CLOSED = new Closing(Closing.Reason.DAY_CLOSED, Instant.MAX);
    private static final Closing SHUTDOWN = new Closing(Closing.Reason.SHUTDOWN, Instant.MAX);
    private static final CreateRequest AT_CLOSING =
            new CreateRequest(BackupKind.AUTOMATIC, "closing", Optional.empty());

    private final FakeBackupService core = new FakeBackupService();
    private final DayClosing dayClosing = new DayClosing(core);
    private final ShutdownWait shutdownWait = new ShutdownWait(core);

    private static Outcome made(String trigger) {
        Manifest sample = Samples.manifest(1, BackupKind.MANUAL, ZonedDateTime.parse("2026-11-22T20:00:00+01:00"));
        Manifest manifest = new Manifest(
                sample.format(),
                sample.id(),
                trigger.equals("closing") ? BackupKind.AUTOMATIC : BackupKind.MANUAL,
                trigger,
                Optional.empty(),
                sample.started(),
                sample.finished(),
                sample.source(),
                sample.contentBytes(),
                sample.contentSha256(),
                sample.archiveBytes(),
                sample.archiveSha256(),
                sample.tables(),
                sample.productVersion());
        return new Outcome.Succeeded(
                new Backup(manifest, sample.finished().toInstant(), Optional.empty(), List.of()),
                Set.of(Outcome.Proof.READ_BACK));
    }

    @Test
    void theClosedDayIsBackedUpAndWaitedFor() {
        CompletableFuture<?> done = dayClosing.closing(DAY_CLOSED).toCompletableFuture();
        assertThat(core.requests).containsExactly(AT_CLOSING);
        assertThat(done).isNotDone();

        core.runs.get(0).end(made("closing"));
        assertThat(done).isCompleted();
        assertThat(core.requests).hasSize(1);
    }

    @Test
    void aFailedBackupAtClosingHoldsNobodyUp() {
        CompletableFuture<?> done = dayClosing.closing(DAY_CLOSED).toCompletableFuture();

        core.runs.get(0).end(new Outcome.Failed(new Problem.NoDatabase()));

        assertThat(done).isCompleted();
        assertThat(core.requests).hasSize(1);
    }

    @Test
    void aRunThatWasUnderWayIsFollowedByOneThatHoldsTheWholeDay() {
        core.create(CreateRequest.manual("page"));
        CompletableFuture<?> done = dayClosing.closing(DAY_CLOSED).toCompletableFuture();
        assertThat(core.runs).hasSize(1);

        core.runs.get(0).end(made("page"));
        assertThat(done).isNotDone();
        assertThat(core.requests).containsExactly(CreateRequest.manual("page"), AT_CLOSING, AT_CLOSING);

        core.runs.get(1).end(made("closing"));
        assertThat(done).isCompleted();
    }

    @Test
    void itIsNotAskedForWithoutEnd() {
        CompletableFuture<?> done = dayClosing.closing(DAY_CLOSED).toCompletableFuture();

        for (int i = 0; i < 3; i++) {
            core.runs.get(i).end(made("page"));
        }

        assertThat(done).isCompleted();
        assertThat(core.runs).hasSize(3);
    }

    @Test
    void aShutdownWaitsForWhatIsUnderWayAndStartsNothing() {
        core.create(CreateRequest.manual("page"));
        CompletableFuture<?> done = shutdownWait.closing(SHUTDOWN).toCompletableFuture();
        assertThat(done).isNotDone();

        core.runs.get(0).end(made("page"));

        assertThat(done).isCompleted();
        assertThat(core.runs).hasSize(1);
    }

    @Test
    void aShutdownWithNothingUnderWayIsNotHeldUp() {
        assertThat(shutdownWait.closing(SHUTDOWN).toCompletableFuture()).isCompleted();
        assertThat(dayClosing.closing(SHUTDOWN).toCompletableFuture()).isCompleted();
        assertThat(core.requests).isEmpty();
    }

    @Test
    void theWaitForTheShutdownDoesNotHoldUpTheClosedDay() {
        core.create(CreateRequest.manual("page"));

        assertThat(shutdownWait.closing(DAY_CLOSED).toCompletableFuture()).isCompleted();
    }
}
