package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.Transfer;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keeps the queue moving: one transfer at a time for each destination, while a route to it is open. Driven by
 * {@link #tick}, which costs little when nothing is due. Thread-safe.
 */
public final class TransferLine {
    private final TransferQueue queue;
    private final Delivery delivery;
    private final Catalogue catalogue;
    private final Ports ports;
    private final AutomaticTransfers automatic;
    private final RetryDelay retry;
    private final Supplier<Duration> spread;
    private final Clock clock;
    private final Map<String, ActiveRun> asked = new HashMap<>();
    private final Map<String, ActiveRun> underWay = new HashMap<>();

    /** What somebody took out of the queue is not queued again by itself before the next start. */
    private final Set<BackupId> unwanted = new HashSet<>();

    /** What people want of an entry whose attempt is ending because of it. */
    private enum Wish {
        TAKE_OUT,
        PAUSE,
        GO_ON
    }

    private final Map<String, Wish> wishes = new HashMap<>();

    private Executor workers;

    /** Moves a queue; {@link #start} sets it going. */
    public TransferLine(
            TransferQueue queue,
            Delivery delivery,
            Catalogue catalogue,
            Ports ports,
            TransferSettings settings,
            Clock clock) {
        this.queue = queue;
        this.delivery = delivery;
        this.catalogue = catalogue;
        this.ports = ports;
        this.automatic = new AutomaticTransfers(catalogue, settings);
        this.retry = new RetryDelay(settings.firstRetry(), Math::random);
        this.spread = () -> Duration.ofMillis((long) (settings.spread().toMillis() * Math.random()));
        this.clock = clock;
    }

    /**
     * Sets it going.
     *
     * @param executor performs the transfers; never to be stopped by interrupt
     */
    public synchronized void start(Executor executor) {
        workers = executor;
    }

    /**
     * Queues a backup for a place and tries it at once; one that is queued already is joined.
     *
     * @param full whether all of it is sent, whatever is there; one that is under way goes on as it began
     */
    public synchronized Run send(BackupId backup, Place place, boolean full) {
        if (workers == null) {
            return ActiveRun.refused(Run.Kind.SEND, Optional.of(backup), new Problem.Stopping());
        }
        Optional<Transfer> queued = queue.find(backup, place);
        Optional<ActiveRun> active = queued.map(entry -> underWay.getOrDefault(entry.id(), asked.get(entry.id())));
        if (active.isPresent()) {
            if (full && !underWay.containsKey(queued.get().id())) {
                queue.outbox().wantFull(queued.get().id());
            }
            return active.get();
        }
        ActiveRun run = new ActiveRun(Run.Kind.SEND, Optional.of(backup));
        Transfer entry = queued.isPresent() ? queued.get() : queue.add(backup, place, clock.instant());
        if (full) {
            queue.outbox().wantFull(entry.id());
        }
        asked.put(entry.id(), run);
        wake(place, entry.id());
        tick();
        return run;
    }

    /** Lists the queue as it stands. */
    public synchronized List<Transfer> list() {
        return queue.list().stream().map(this::asItIs).toList();
    }

    /** Looks what is due: closed routes are left, open ones used, and the newest automatic backup is queued. */
    public synchronized void tick() {
        if (workers == null) {
            return;
        }
        underWay.forEach((id, run) -> queue.find(id)
                .flatMap(entry -> ports.closed(entry.place().destination()))
                .ifPresent(run.cancellation()::cancel));
        queue.list().stream()
                .filter(entry -> asked.containsKey(entry.id()))
                .filter(entry -> asked.get(entry.id()).cancellation().cancelled())
                .forEach(entry -> drop(entry, new Problem.Cancelled()));
        queueAutomatic();
        Set<String> busy = new HashSet<>();
        underWay.keySet().forEach(id -> queue.find(id)
                .ifPresent(entry -> busy.add(entry.place().destination())));
        for (Transfer entry : queue.list()) {
            if (!underWay.containsKey(entry.id())
                    && due(entry)
                    && startable(entry)
                    && busy.add(entry.place().destination())) {
                begin(entry);
            }
        }
    }

    /** Takes an entry out of the queue, by its own id or its run's; an attempt under way ends first. */
    public synchronized boolean cancel(String id) {
        Optional<Transfer> meant = find(id);
        meant.ifPresent(entry -> {
            unwanted.add(entry.backup());
            if (underWay.containsKey(entry.id())) {
                wishes.put(entry.id(), Wish.TAKE_OUT);
                underWay.get(entry.id()).cancel();
            } else {
                drop(entry, new Problem.Cancelled());
            }
        });
        return meant.isPresent();
    }

    /** Holds an entry up until it is resumed; an attempt under way ends first. Says whether there is such an entry. */
    public synchronized boolean pause(String id) {
        Optional<Transfer> meant = find(id);
        meant.ifPresent(entry -> {
            // On disk before its attempt has ended: a power cut must not send it.
            queue.put(paused(entry));
            ActiveRun run = underWay.get(entry.id());
            if (run != null) {
                wishes.putIfAbsent(entry.id(), Wish.PAUSE);
                run.cancel();
            } else {
                Optional.ofNullable(asked.remove(entry.id()))
                        .ifPresent(waiting -> waiting.end(new Outcome.Failed(new Problem.Cancelled())));
            }
        });
        return meant.isPresent();
    }

    /** Has an entry tried at once, whatever it waits for but its route. Says whether there is one to be tried. */
    public synchronized boolean resume(String id) {
        Optional<Transfer> meant = find(id).filter(entry ->
                !underWay.containsKey(entry.id()) || wishes.replace(entry.id(), Wish.PAUSE, Wish.GO_ON));
        meant.ifPresent(entry -> queue.put(waiting(entry, entry.attempts(), clock.instant(), entry.problem())));
        tick();
        return meant.isPresent();
    }

    private Optional<Transfer> find(String id) {
        return queue.list().stream()
                .filter(entry -> {
                    ActiveRun run = underWay.getOrDefault(entry.id(), asked.get(entry.id()));
                    return entry.id().equals(id) || (run != null && run.id().equals(id));
                })
                .findFirst();
    }

    /**
     * Takes the entries of a backup that is about to be removed out of the queue.
     *
     * @return false, and nothing was done, where it is being sent
     */
    public synchronized boolean forget(BackupId backup) {
        List<Transfer> entries = queue.list().stream()
                .filter(entry -> entry.backup().equals(backup))
                .toList();
        if (entries.stream().anyMatch(entry -> underWay.containsKey(entry.id()))) {
            return false;
        }
        entries.forEach(entry -> drop(entry, new Problem.UnknownBackup(backup.value())));
        return true;
    }

    /** Tells transfers under way to end, and begins none any more; what is queued stays queued. */
    public synchronized void stop() {
        workers = null;
        underWay.values().forEach(run -> run.cancellation().cancel(new Problem.Stopping()));
        asked.values().forEach(run -> run.end(new Outcome.Failed(new Problem.Stopping())));
    }

    /** Whoever sends to a place has what waits for it tried too, but what somebody paused only if it is meant. */
    private void wake(Place place, String meant) {
        for (Transfer entry : queue.list()) {
            boolean held = entry.state() == Transfer.State.PAUSED && !entry.id().equals(meant);
            if (entry.place().equals(place) && !held && !underWay.containsKey(entry.id())) {
                queue.put(waiting(entry, entry.attempts(), clock.instant(), entry.problem()));
            }
        }
    }

    private void queueAutomatic() {
        Optional<Place> place = ports.route(BackupKind.AUTOMATIC);
        Optional<Backup> newest = place.flatMap(automatic::missing);
        if (newest.isEmpty()
                || unwanted.contains(newest.get().id())
                || queue.list().stream().anyMatch(entry -> isFor(entry, newest.get(), place.get()))) {
            return;
        }
        queue.add(newest.get().id(), place.get(), clock.instant().plus(spread.get()));
    }

    private static boolean isFor(Transfer entry, Backup backup, Place place) {
        return entry.backup().equals(backup.id()) && entry.place().destination().equals(place.destination());
    }

    private boolean due(Transfer entry) {
        return entry.state() == Transfer.State.WAITING
                && entry.nextAttempt().map(this::reached).orElse(true);
    }

    /** A time further ahead than any wait was set by a clock that has been put back since: it says nothing. */
    private boolean reached(Instant next) {
        Instant now = clock.instant();
        return !next.isAfter(now) || next.isAfter(now.plus(RetryDelay.LONGEST));
    }

    /** Whether an attempt makes sense now; a person who asked for it is told why not. */
    private boolean startable(Transfer entry) {
        Optional<Problem> obstacle = obstacle(entry);
        if (obstacle.isPresent() && asked.containsKey(entry.id())) {
            asked.remove(entry.id()).end(new Outcome.Failed(obstacle.get()));
        }
        return obstacle.isEmpty();
    }

    private Optional<Problem> obstacle(Transfer entry) {
        Optional<Problem> closed = ports.closed(entry.place().destination());
        if (closed.isPresent()) {
            return closed;
        }
        try {
            ports.requireDestination(entry.place().destination());
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(e.problem());
        }
    }

    private void begin(Transfer entry) {
        Optional<Backup> backup = catalogue.find(entry.backup());
        if (backup.isEmpty()) {
            drop(entry, new Problem.UnknownBackup(entry.backup().value()));
            return;
        }
        boolean told = asked.containsKey(entry.id());
        ActiveRun run = Optional.ofNullable(asked.remove(entry.id()))
                .orElseGet(() -> new ActiveRun(Run.Kind.SEND, Optional.of(entry.backup())));
        underWay.put(entry.id(), run);
        Work work = active -> delivery.perform(backup.get(), entry, active);
        workers.execute(() -> {
            Outcome outcome = work.outcome(run);
            try {
                settle(entry, outcome, told);
            } finally {
                run.end(outcome);
            }
        });
    }

    /**
     * Records on disk how an attempt ended, before anybody hears of it.
     *
     * @param told whether somebody waits for it and hears why it failed
     */
    private synchronized void settle(Transfer entry, Outcome outcome, boolean told) {
        underWay.remove(entry.id());
        Optional<Wish> wish = Optional.ofNullable(wishes.remove(entry.id()));
        if (wish.isPresent() && outcome instanceof Outcome.Failed) {
            switch (wish.get()) {
                case TAKE_OUT -> queue.remove(entry.id());
                case PAUSE -> queue.put(paused(entry));
                case GO_ON -> queue.put(waiting(entry, entry.attempts(), clock.instant(), entry.problem()));
            }
            return;
        }
        if (!(outcome instanceof Outcome.Failed failed)
                || failed.problem() instanceof Problem.Cancelled
                // Nothing was tried: whoever mistyped the path corrects it, and would never send to this one again.
                || (told && failed.problem() instanceof Problem.MediumRefused)) {
            queue.remove(entry.id());
            return;
        }
        int attempts = entry.attempts() + 1;
        Instant now = clock.instant();
        Problem problem = failed.problem();
        if (problem instanceof Problem.Stopping || problem instanceof Problem.NotEntitled) {
            queue.put(waiting(entry, entry.attempts(), now, Optional.of(problem)));
        } else if (problem.passing() || healed(problem)) {
            queue.put(waiting(entry, attempts, now.plus(retry.after(attempts, problem)), Optional.of(problem)));
        } else {
            queue.put(new Transfer(
                    entry.id(),
                    entry.backup(),
                    entry.place(),
                    Transfer.State.STOPPED,
                    attempts,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(problem)));
        }
    }

    /** What keeps a run from being made and lets a transfer wait: somebody makes room, or a key. */
    private static boolean healed(Problem problem) {
        return problem instanceof Problem.NoSpace || problem instanceof Problem.RecipientMissing;
    }

    private void drop(Transfer entry, Problem why) {
        queue.remove(entry.id());
        Optional.ofNullable(asked.remove(entry.id())).ifPresent(run -> run.end(new Outcome.Failed(why)));
    }

    private Transfer asItIs(Transfer entry) {
        ActiveRun run = underWay.get(entry.id());
        if (run != null) {
            return new Transfer(
                    entry.id(),
                    entry.backup(),
                    entry.place(),
                    Transfer.State.SENDING,
                    entry.attempts(),
                    Optional.empty(),
                    Optional.of(run.progress()),
                    entry.problem());
        }
        Optional<Problem> obstacle = entry.state() == Transfer.State.WAITING ? obstacle(entry) : Optional.empty();
        return obstacle.isEmpty() ? entry : waiting(entry, entry.attempts(), clock.instant(), obstacle);
    }

    private static Transfer paused(Transfer entry) {
        return new Transfer(
                entry.id(),
                entry.backup(),
                entry.place(),
                Transfer.State.PAUSED,
                entry.attempts(),
                Optional.empty(),
                Optional.empty(),
                entry.problem());
    }

    private static Transfer waiting(Transfer entry, int attempts, Instant next, Optional<Problem> problem) {
        return new Transfer(
                entry.id(),
                entry.backup(),
                entry.place(),
                Transfer.State.WAITING,
                attempts,
                Optional.of(next),
                Optional.empty(),
                problem);
    }
}
