package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupId;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.pace.Pacing;
import de.joecash.backup.core.internal.pace.Throttle;
import de.joecash.backup.core.internal.pace.ThrottledOutput;
import de.joecash.backup.core.internal.pace.Waiting;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A run from being asked for to its end. Thread-safe. */
public final class ActiveRun implements Run {
    /**
     * How long a run may be paused, all pauses together. A backup holds a snapshot of the database open meanwhile,
     * which costs the host space and time; after that it goes on by itself.
     */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String id = "run-" + NUMBERS.incrementAndGet();
    private final Kind kind;
    private final Cancellation cancellation = new Cancellation();
    private final Halt halt = new Halt(cancellation, LONGEST_PAUSE);
    private final Throttle throttle;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile Optional<BackupId> backup;
    private volatile Progress progress = new Progress(Phase.WAITING, 0, OptionalDouble.empty());

    /** Begins as waiting; yields to nobody. */
    public ActiveRun(Kind kind, Optional<BackupId> backup) {
        this(kind, backup, Pacing.none());
    }

    /**
     * Begins as waiting.
     *
     * @param pacing how it yields to the till, where it makes, verifies or drills a backup; a restore yields to nobody,
     *     for sales are held until its safety backup is made
     */
    public ActiveRun(Kind kind, Optional<BackupId> backup, Pacing pacing) {
        this.kind = kind;
        this.backup = backup;
        this.throttle = (mayBeHeldUp() ? pacing : Pacing.none()).throttle(halt);
    }

    private boolean mayBeHeldUp() {
        return kind == Kind.CREATE || kind == Kind.VERIFY || kind == Kind.DRILL;
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
     * Stops the caller where the run was cancelled, and keeps it while the run is paused.
     *
     * @throws StoppedException if it was cancelled
     */
    public void goOn() throws StoppedException {
        halt.hold();
    }

    /**
     * As {@link #goOn}, and waits until some bytes of a dump may be worked through. Used by one thread at a time.
     *
     * @throws StoppedException if it was cancelled
     */
    public void pace(long bytes) throws IOException {
        goOn();
        throttle.pass(bytes);
    }

    /** Tells time to the run's own thread, which it holds up until the run is to stop. */
    public Waiting waiting() {
        return halt;
    }

    /** Whether it is being slowed down at present; asked by the thread that {@link #pace}s. */
    public boolean slowed() {
        return throttle.slowing();
    }

    /** Gives a stream that is as slow as the run has to be. Used by one thread. */
    public OutputStream paced(OutputStream out) {
        return new ThrottledOutput(out, throttle);
    }

    /**
     * Pauses it, where that harms nobody: a restore may be holding the till's sales, a fetch a server's connection.
     *
     * @return whether it is paused now
     */
    public boolean pause() {
        return mayBeHeldUp() && !ended() && halt.pause();
    }

    /** Lets it go on; says whether it was paused. */
    public boolean resume() {
        return halt.resume();
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
        Progress now = progress;
        return halt.paused() && now.phase() != Phase.ENDED ? new Progress(Phase.PAUSED, now.bytes(), now.share()) : now;
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
