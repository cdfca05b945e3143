package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.Run;
import de.joecash.backup.spi.Cancellation;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A run from being asked for to its end. Thread-safe. */
public final class ActiveRun implements Run {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String id = "run-" + NUMBERS.incrementAndGet();
    private final Kind kind;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile Optional<BackupId> backup;
    private volatile Progress progress = new Progress(Phase.WAITING, 0, OptionalDouble.empty());

    /** Begins as waiting. */
    public ActiveRun(Kind kind, Optional<BackupId> backup) {
        this.kind = kind;
        this.backup = backup;
    }

    /** Makes a run that ended before it began. */
    public static ActiveRun refused(Kind kind, Optional<BackupId> backup, Problem problem) {
        ActiveRun run = new ActiveRun(kind, backup);
        run.end(new Outcome.Failed(problem));
        return run;
    }

    /** Says which backup it turned out to be about. */
    public void about(BackupId id) {
        backup = Optional.of(id);
    }

    /**
     * Says how far it is.
     *
     * @param total how far it goes in this phase, or 0 where that is not known
     */
    public void at(Phase phase, long bytes, long total) {
        OptionalDouble share =
                total > 0 ? OptionalDouble.of(Math.min(1, (double) bytes / total)) : OptionalDouble.empty();
        progress = new Progress(phase, bytes, share);
    }

    /** Ends it; only the first end counts. */
    public void end(Outcome end) {
        progress = new Progress(Phase.ENDED, progress.bytes(), OptionalDouble.of(1));
        outcome.complete(end);
    }

    /** What tells it to stop. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Stops the caller where the run was cancelled.
     *
     * @throws StoppedException if it was
     */
    public void goOn() throws StoppedException {
        try {
            cancellation.check();
        } catch (BackupException e) {
            throw new StoppedException(e);
        }
    }

    /** Whether it has ended. */
    public boolean ended() {
        return outcome.isDone();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Optional<BackupId> backup() {
        return backup;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public CompletionStage<Outcome> outcome() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        cancellation.cancel(new Problem.Cancelled());
    }
}
