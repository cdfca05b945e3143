package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupId;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.pace.Pacing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Lets one run through at a time; a second one waits only for a backup that is made by itself. Thread-safe. */
public final class RunLine {
    private final ExecutorService executor;
    private final Pacing pacing;

    /** The run under way, and perhaps one that waits for its end. */
    private final Deque<Entry> line = new ArrayDeque<>();

    private boolean held;

    /** A run, and whether a person asked for it; that is known of runs that create or drill. */
    private record Entry(ActiveRun run, boolean manual) {
        boolean givesWay() {
            return run.kind() == Run.Kind.DRILL && !manual;
        }

        boolean createsByItself() {
            return run.kind() == Run.Kind.CREATE && !manual;
        }
    }

    /**
     * Begins empty.
     *
     * @param executor performs the runs, one after the other; never to be stopped by interrupt
     * @param pacing how runs that make, verify or drill a backup yield to the till
     */
    public RunLine(ExecutorService executor, Pacing pacing) {
        this.executor = executor;
        this.pacing = pacing;
    }

    /**
     * Starts a run that makes no backup, or refuses. It waits for the end of a backup that is made by itself: nobody
     * knows when one begins, and whoever restores is glad of it.
     *
     * @return the run that was started, or one that is refused as {@link Problem.Busy}
     */
    public synchronized Run start(Run.Kind kind, Optional<BackupId> backup, Work work) {
        makeWay(kind);
        return mayWait() ? begin(new ActiveRun(kind, backup, pacing), false, work) : busy(kind, backup);
    }

    /** Whether a run that a person asks for now begins at once, or after a backup that is made by itself. */
    private boolean mayWait() {
        return line.isEmpty() || (line.size() == 1 && line.getFirst().createsByItself());
    }

    /**
     * Starts a drill, or refuses. One that a person asked for waits as any other run does. One that nobody asked for
     * ends as soon as anything else is asked for: it can be made at any time.
     *
     * @param manual whether a person asked for it
     * @return the run that was started, or one that is refused as {@link Problem.Busy}
     */
    public synchronized Run drill(boolean manual, BackupId id, Work work) {
        if (manual) {
            makeWay(Run.Kind.DRILL);
        } else {
            forgetEnded();
        }
        Optional<BackupId> backup = Optional.of(id);
        return line.isEmpty() || (manual && mayWait())
                ? begin(new ActiveRun(Run.Kind.DRILL, backup, pacing), manual, work)
                : busy(Run.Kind.DRILL, backup);
    }

    /** Ends a drill that nobody asked for; what comes next waits on the executor until it is out. */
    private void makeWay(Run.Kind next) {
        forgetEnded();
        if (!line.isEmpty() && line.getFirst().givesWay()) {
            line.removeFirst().run().cancellation().cancel(new Problem.Busy(next));
        }
    }

    /**
     * Starts a run that makes a backup, joins the one under way where that makes one too, or refuses. What a person
     * asked for does not join an automatic one but waits for its end: the backup would not be a manual one, and "Backup
     * an FTP" would not find it.
     *
     * @param manual whether a person asked for it
     * @return the run that was started or joined, or one that is refused as {@link Problem.Busy}
     */
    public synchronized Run create(boolean manual, Work work) {
        makeWay(Run.Kind.CREATE);
        if (!line.isEmpty()) {
            if (line.getFirst().run().kind() != Run.Kind.CREATE) {
                return busy(Run.Kind.CREATE, Optional.empty());
            }
            Entry joined = manual ? line.getLast() : line.getFirst();
            if (joined.run().kind() != Run.Kind.CREATE) {
                return busy(Run.Kind.CREATE, Optional.empty());
            }
            if (joined.manual() || !manual) {
                return joined.run();
            }
        }
        return begin(new ActiveRun(Run.Kind.CREATE, Optional.empty(), pacing), manual, work);
    }

    private ActiveRun begin(ActiveRun run, boolean manual, Work work) {
        if (held) {
            run.end(new Outcome.Failed(new Problem.Stopping()));
            return run;
        }
        try {
            executor.execute(() -> run.end(work.outcome(run)));
            line.add(new Entry(run, manual));
        } catch (RejectedExecutionException e) {
            run.end(new Outcome.Failed(new Problem.Stopping()));
        }
        return run;
    }

    private ActiveRun busy(Run.Kind kind, Optional<BackupId> backup) {
        return ActiveRun.refused(
                kind, backup, new Problem.Busy(line.getLast().run().kind()));
    }

    private void forgetEnded() {
        line.removeIf(entry -> entry.run().ended());
    }

    /** The run under way. */
    public synchronized Optional<ActiveRun> current() {
        forgetEnded();
        return Optional.ofNullable(line.peekFirst()).map(Entry::run);
    }

    /** The run of an id, under way or waiting. */
    public synchronized Optional<ActiveRun> find(String id) {
        forgetEnded();
        return line.stream().map(Entry::run).filter(run -> run.id().equals(id)).findFirst();
    }

    /**
     * Lets no run begin from now on, if none is under way, until what is given is closed. What is asked for meanwhile
     * ends at once as {@link Problem.Stopping}.
     *
     * @return empty while a run is under way or another one holds
     */
    public synchronized Optional<AutoCloseable> hold() {
        forgetEnded();
        if (held || !line.isEmpty()) {
            return Optional.empty();
        }
        held = true;
        return Optional.of(this::letGo);
    }

    private synchronized void letGo() {
        held = false;
    }

    /** Tells the runs to end, and takes no more. */
    public void stop() {
        executor.shutdown();
        for (ActiveRun run : waitingLast()) {
            run.cancellation().cancel(new Problem.Stopping());
        }
    }

    private synchronized List<ActiveRun> waitingLast() {
        return line.stream().map(Entry::run).toList();
    }
}
