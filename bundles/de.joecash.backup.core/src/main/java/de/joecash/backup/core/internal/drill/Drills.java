package de.joecash.backup.core.internal.drill;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the drills that are due. What was missed while the server was off is made up for some minutes after the
 * start. {@link #tick} belongs to one thread, {@link #status} to any.
 */
public final class Drills {
    /** The first minutes of a day belong to whoever opens the shop. */
    static final Duration AFTER_START = Duration.ofMinutes(10);

    /** How long a drill waits that gave way to something else. */
    static final Duration AFTER_OTHERS = Duration.ofMinutes(10);

    /** How long a drill waits that could not be made. */
    static final Duration AFTER_HINDRANCE = Duration.ofHours(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(Drills.class);

    private final DrillTimes times;
    private final Supplier<List<Backup>> backups;
    private final Function<BackupId, Run> drill;
    private final Clock clock;

    private Instant waitingSince;
    private Duration wait = AFTER_START;
    private CompletableFuture<Outcome> run;
    private String asked = "";
    /** What somebody cancelled: not wanted now, so it is not made before something else is due. */
    private String cancelled = "";

    private volatile Optional<Hindrance> hindrance = Optional.empty();

    private record Hindrance(Instant at, Problem problem) {}

    /**
     * Begins to wait.
     *
     * @param backups lists every backup, newest first
     * @param drill starts a drill that gives way to everything else
     */
    public Drills(DrillTimes times, Supplier<List<Backup>> backups, Function<BackupId, Run> drill, Clock clock) {
        this.times = times;
        this.backups = backups;
        this.drill = drill;
        this.clock = clock;
        this.waitingSince = clock.instant();
    }

    /** Does what is due now, if anything is. Answers at once. */
    public void tick() {
        Instant now = clock.instant();
        if (run != null) {
            if (!run.isDone()) {
                return;
            }
            Outcome ended = run.join();
            run = null;
            settle(ended, now);
        }
        if (waiting(now)) {
            return;
        }
        waitFor(BETWEEN_LOOKS, now);
        Optional<DrillTimes.Due> due =
                times.due(now, backups.get()).filter(found -> !found.reason().equals(cancelled));
        if (due.isPresent()) {
            asked = due.get().reason();
            LOG.info("Asking for the drill of {}", due.get().backup().id());
            run = drill.apply(due.get().backup().id()).outcome().toCompletableFuture();
        }
    }

    private void settle(Outcome outcome, Instant now) {
        if (!(outcome instanceof Outcome.Failed failed) || DrillResult.condemns(failed.problem())) {
            hindrance = Optional.empty();
        } else if (failed.problem() instanceof Problem.Cancelled) {
            cancelled = asked;
        } else if (failed.problem() instanceof Problem.Busy) {
            waitFor(AFTER_OTHERS, now);
        } else {
            hindrance = Optional.of(new Hindrance(now, failed.problem()));
            waitFor(AFTER_HINDRANCE, now);
        }
    }

    private void waitFor(Duration duration, Instant now) {
        waitingSince = now;
        wait = duration;
    }

    /** A clock that was put back begins the wait anew: nobody knows how long it would be. */
    private boolean waiting(Instant now) {
        if (now.isBefore(waitingSince)) {
            waitingSince = now;
        }
        return now.isBefore(waitingSince.plus(wait));
    }

    /**
     * Says what drills have shown.
     *
     * @param newestFirst every backup
     */
    public DrillStatus status(List<Backup> newestFirst) {
        Instant now = clock.instant();
        Optional<Backup> newest = DrillTimes.drilled(newestFirst);
        return new DrillStatus(
                newest,
                times.overdue(now, newestFirst),
                times.next(now, newestFirst),
                hindrance.filter(since -> !madeSince(since.at(), newestFirst)).map(Hindrance::problem));
    }

    private static boolean madeSince(Instant instant, List<Backup> backups) {
        return backups.stream().flatMap(backup -> backup.drill().stream()).anyMatch(result -> !result.at()
                .isBefore(instant));
    }
}
