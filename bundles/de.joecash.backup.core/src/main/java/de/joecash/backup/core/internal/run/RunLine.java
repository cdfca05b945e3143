package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupId;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Lets one run through at a time. Thread-safe. */
public final class RunLine {
    private final ExecutorService executor;
    private ActiveRun current;

    /**
     * Begins empty.
     *
     * @param executor performs the runs; never to be stopped by interrupt
     */
    public RunLine(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Starts a run, or joins the one under way where both make a backup, or refuses.
     *
     * @return the run that was started or joined, or one that is refused as {@link Problem.Busy}
     */
    public synchronized Run start(Run.Kind kind, Optional<BackupId> backup, Work work) {
        if (current != null && !current.ended()) {
            return kind == Run.Kind.CREATE && current.kind() == kind
                    ? current
                    : ActiveRun.refused(kind, backup, new Problem.Busy(current.kind()));
        }
        ActiveRun run = new ActiveRun(kind, backup);
        try {
            executor.execute(() -> run.end(work.outcome(run)));
            current = run;
            return run;
        } catch (RejectedExecutionException e) {
            return ActiveRun.refused(kind, backup, new Problem.Stopping());
        }
    }

    /** The run under way. */
    public synchronized Optional<ActiveRun> current() {
        return Optional.ofNullable(current).filter(run -> !run.ended());
    }

    /** Tells the run under way to end, and takes no more. */
    public void stop() {
        executor.shutdown();
        current().ifPresent(run -> run.cancellation().cancel(new Problem.Stopping()));
    }
}
