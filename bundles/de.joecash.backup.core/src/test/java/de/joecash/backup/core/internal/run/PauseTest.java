package de.joecash.backup.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.core.internal.pace.Pacing;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.HostActivity;
import de.joecash.backup.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PauseTest {
    private final ActiveRun run = new ActiveRun(Run.Kind.CREATE, Optional.empty());

    /** What a thread of a run does; its stage ends when the run lets it go on, or stops it. */
    @FunctionalInterface
    private interface Step {
        void go() throws IOException;
    }

    private static CompletableFuture<Optional<IOException>> elsewhere(Step step) {
        CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                step.go();
                end.complete(Optional.empty());
            } catch (IOException e) {
                end.complete(Optional.of(e));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    private static Optional<IOException> end(CompletableFuture<Optional<IOException>> step) throws Exception {
        return step.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void keepsTheRunsThreadsUntilItGoesOnAndSaysSo() throws Exception {
        run.at(Phase.DUMPING, 17, 100);
        assertThat(run.pause()).isTrue();
        CompletableFuture<Optional<IOException>> step = elsewhere(run::goOn);

        assertThat(run.progress().phase()).isEqualTo(Phase.PAUSED);
        assertThat(run.progress().bytes()).isEqualTo(17);
        assertThat(run.progress().share()).hasValue(0.17);
        assertThat(step).isNotDone();

        assertThat(run.resume()).isTrue();
        assertThat(end(step)).isEmpty();
        assertThat(run.progress().phase()).isEqualTo(Phase.DUMPING);
        assertThat(run.resume()).isFalse();
    }

    @Test
    void endsAtOnceWhenCancelled() throws Exception {
        run.pause();
        CompletableFuture<Optional<IOException>> step = elsewhere(run::goOn);

        run.cancel();

        assertThat(end(step)).get().isInstanceOf(StoppedException.class);
    }

    @Test
    void aShortWaitEndsAtOnceWhenCancelledToo() throws Exception {
        Pacing oneByteASecond = new Pacing(new PaceSettings(true, 1, 1), () -> HostActivity.State.OPEN);
        ActiveRun slow = new ActiveRun(Run.Kind.CREATE, Optional.empty(), oneByteASecond);
        CompletableFuture<Optional<IOException>> step = elsewhere(() -> slow.pace(3600));

        slow.cancellation().cancel(new Problem.Stopping());

        assertThat(end(step)).get().isInstanceOfSatisfying(StoppedException.class, stopped -> assertThat(
                        stopped.reason().problem())
                .isEqualTo(new Problem.Stopping()));
    }

    @Test
    void goesOnByItselfWhenItWasPausedForAsLongAsItMayBeAndIsPausedNoMore() throws Exception {
        Halt halt = new Halt(new Cancellation(), Duration.ofMillis(300));
        assertThat(halt.pause()).isTrue();

        halt.hold();

        assertThat(halt.paused()).isFalse();
        assertThat(halt.pause()).isFalse();
        assertThat(halt.resume()).isFalse();
        assertThat(halt.pause()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Run.Kind.class,
            names = {"RESTORE", "FETCH", "SEND"})
    void isRefusedWhereItWouldHoldUpOthers(Run.Kind kind) {
        ActiveRun other = new ActiveRun(kind, Optional.empty());

        assertThat(other.pause()).isFalse();
        assertThat(other.progress().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void isOverWithTheRun() {
        run.pause();
        run.end(new Outcome.Failed(new Problem.Cancelled()));

        assertThat(run.progress().phase()).isEqualTo(Phase.ENDED);
        assertThat(run.pause()).isFalse();
    }

    @Test
    void aThreadThatWasInterruptedByOthersWaitsNoLongerAndKeepsItsFlag() throws Exception {
        run.pause();

        CompletableFuture<Optional<IOException>> step = elsewhere(() -> {
            Thread.currentThread().interrupt();
            run.goOn();
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(end(step)).isEmpty();
    }

    @Test
    void doesNothingWhereItWasCancelledBefore() {
        run.cancel();
        run.pause();

        assertThatThrownBy(run::goOn).isInstanceOf(StoppedException.class);
    }
}
