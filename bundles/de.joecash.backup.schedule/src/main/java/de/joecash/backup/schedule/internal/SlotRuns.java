package de.joecash.backup.schedule.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the backup of the newest slot until it is there. {@link #tick} belongs to one thread, {@link #next} to any.
 *
 * <p>Ends of runs are looked up at the next tick instead of listened for: so nothing of this bundle hangs on a run that
 * outlives it.
 */
final class SlotRuns {
    private static final Logger LOG = LoggerFactory.getLogger(SlotRuns.class);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

    private final Timetable timetable;
    private final BackupService backups;
    private final Clock clock;

    private Slot asked;
    private CompletableFuture<Outcome> run;
    private int failures;
    private int joins;
    private Instant pausedAt = Instant.EPOCH;
    private Duration pause = Duration.ZERO;

    /** The last slot served here. It is not served again even where the catalogue does not show its backup. */
    private volatile LocalDateTime served;

    SlotRuns(Timetable timetable, BackupService backups, Clock clock) {
        this.timetable = timetable;
        this.backups = backups;
        this.clock = clock;
    }

    /** Does what is due now, if anything is. Answers at once; throws nothing that the service does not throw. */
    void tick() {
        if (run != null) {
            if (!run.isDone()) {
                return;
            }
            CompletableFuture<Outcome> ended = run;
            run = null;
            settle(ended.join());
        }
        Instant now = clock.instant();
        Slot slot = timetable.newest(now);
        if (!slot.equals(asked)) {
            asked = slot;
            failures = 0;
            joins = 0;
            pause = Duration.ZERO;
        }
        if (!pausing(now) && !done(slot, now, backups.list())) {
            LOG.info("Asking for the automatic backup of {}", slot.local());
            run = backups.create(new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.of(slot.local())))
                    .outcome()
                    .toCompletableFuture();
        }
    }

    /** Says that a tick ended in an exception; the slot is asked for again later. */
    void failed(RuntimeException e) {
        LOG.error("The schedule could not ask for a backup", e);
        retry();
    }

    ZonedDateTime next() {
        Instant now = clock.instant();
        List<Backup> held = backups.list();
        Slot slot = timetable.newest(now);
        if (!done(slot, now, held)) {
            return slot.due();
        }
        do {
            slot = timetable.after(slot);
        } while (done(slot, slot.due().toInstant(), held));
        return slot.due();
    }

    private boolean done(Slot slot, Instant now, List<Backup> held) {
        return slot.local().equals(served) || timetable.covered(slot, now, held);
    }

    private void settle(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            if (failed.problem() instanceof Problem.Busy) {
                pauseFor(PAUSES.get(0));
            } else {
                retry();
            }
            LOG.info(
                    "No automatic backup of {} yet ({}); next attempt in {} min",
                    asked.local(),
                    failed.problem().code(),
                    pause.toMinutes());
        } else if (outcome instanceof Outcome.Succeeded succeeded) {
            Optional<LocalDateTime> slot = succeeded.backup().manifest().slot();
            if (slot.equals(Optional.of(asked.local()))) {
                served = asked.local();
            } else {
                // Somebody else's run was joined. Once that is no reason to wait; twice it may be a core without slots.
                pauseFor(joins++ == 0 ? Duration.ZERO : PAUSES.get(0));
            }
        }
    }

    private void retry() {
        pauseFor(PAUSES.get(Math.min(failures++, PAUSES.size() - 1)));
    }

    private void pauseFor(Duration duration) {
        pausedAt = clock.instant();
        pause = duration;
    }

    /** A clock that was put back ends the pause: nobody knows how long it would be. */
    private boolean pausing(Instant now) {
        return !now.isBefore(pausedAt) && now.isBefore(pausedAt.plus(pause));
    }
}
