package de.joecash.backup.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.pace.Pacing;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever replaces the bundles cuts no run, and none begins under his hands. */
class HoldTest {
    private static final Outcome STOPPING = new Outcome.Failed(new Problem.Stopping());

    private final Later later = new Later();
    private final RunLine runs = new RunLine(later, Pacing.none());

    @Test
    void isNotGivenWhileARunIsUnderWay() {
        Run run = verify();

        assertThat(runs.hold()).isEmpty();
        later.work();

        assertThat(run.outcome().toCompletableFuture()).isDone();
        assertThat(runs.hold()).isPresent();
    }

    @Test
    void isGivenToOneAtATime() throws Exception {
        AutoCloseable first = runs.hold().orElseThrow();

        assertThat(runs.hold()).isEmpty();
        first.close();

        assertThat(runs.hold()).isPresent();
    }

    @Test
    void endsAtOnceWhatIsAskedForMeanwhileAndLetsRunsBeginAgainAfterwards() throws Exception {
        AutoCloseable held = runs.hold().orElseThrow();

        assertThat(verify().outcome().toCompletableFuture()).isCompletedWithValue(STOPPING);
        assertThat(runs.create(true, HoldTest::perform).outcome().toCompletableFuture())
                .isCompletedWithValue(STOPPING);
        assertThat(later.waiting).isEmpty();
        held.close();

        assertThat(verify().outcome().toCompletableFuture()).isNotDone();
    }

    private Run verify() {
        return runs.start(Run.Kind.VERIFY, Optional.empty(), HoldTest::perform);
    }

    private static Outcome.Succeeded perform(ActiveRun run) throws BackupException {
        throw new BackupException(new Problem.NothingToDrill());
    }

    /** Does what it is given when it is told to. */
    private static final class Later extends AbstractExecutorService {
        private final Queue<Runnable> waiting = new ArrayDeque<>();

        void work() {
            waiting.remove().run();
        }

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
