package de.joecash.backup.testkit;

import de.joecash.backup.BackupId;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.Run;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A run that goes only as far as a test says. */
public final class FakeRun implements Run {
    private final String id;
    private final Kind kind;
    private final Optional<BackupId> backup;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile boolean paused;
    private volatile Progress progress = new Progress(Phase.WAITING, 0, OptionalDouble.empty());

    FakeRun(String id, Kind kind, Optional<BackupId> backup) {
        this.id = id;
        this.kind = kind;
        this.backup = backup;
    }

    /**
     * Moves the run on.
     *
     * @param next what {@link #progress} answers from now on
     */
    public void at(Progress next) {
        progress = next;
    }

    /**
     * Ends the run.
     *
     * @param end how
     */
    public void end(Outcome end) {
        progress = new Progress(Phase.ENDED, progress.bytes(), OptionalDouble.of(1));
        outcome.complete(end);
    }

    boolean pause() {
        paused = progress.phase() != Phase.ENDED;
        return paused;
    }

    boolean resume() {
        boolean was = paused;
        paused = false;
        return was;
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
        Progress now = progress;
        return paused && now.phase() != Phase.ENDED ? new Progress(Phase.PAUSED, now.bytes(), now.share()) : now;
    }

    @Override
    public CompletionStage<Outcome> outcome() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        end(new Outcome.Failed(new Problem.Cancelled()));
    }
}
