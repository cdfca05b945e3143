package de.joecash.backup.web.internal;

import de.joecash.backup.Outcome;
import de.joecash.backup.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The runs that the page shows: those under way, and of those that ended the last of each kind, so that every browser
 * sees how it ended, also after a reload. Thread-safe.
 */
final class RecentRuns {
    private static final Duration KEPT = Duration.ofHours(12);

    /** An end is shown for this long in any case: an automatic run may follow somebody's own at once. */
    private static final Duration KEPT_AT_LEAST = Duration.ofSeconds(10);

    private final Clock clock;
    private final Deque<Watched> newestFirst = new ArrayDeque<>();

    RecentRuns(Clock clock) {
        this.clock = clock;
    }

    /**
     * How a run ended.
     *
     * @param outcome what came of it
     * @param at when
     */
    record End(Outcome outcome, Instant at) {}

    /** What happened earlier has the lower number, whatever the clock says. */
    private final AtomicLong happened = new AtomicLong();

    /** A run, and its end once it is there. */
    static final class Watched {
        private final Run run;
        private final long seen;
        private volatile long ended = Long.MAX_VALUE;
        private volatile End end;

        private Watched(Run run, long seen) {
            this.run = run;
            this.seen = seen;
        }

        Run run() {
            return run;
        }

        Optional<End> end() {
            return Optional.ofNullable(end);
        }
    }

    Watched watch(Run run) {
        Watched watched = new Watched(run, happened.incrementAndGet());
        synchronized (newestFirst) {
            Optional<Watched> known = newestFirst.stream()
                    .filter(earlier -> earlier.run.id().equals(run.id()))
                    .findFirst();
            if (known.isPresent()) {
                return known.get();
            }
            newestFirst.addFirst(watched);
        }
        run.outcome().thenAccept(outcome -> {
            watched.ended = happened.incrementAndGet();
            watched.end = new End(outcome, clock.instant());
        });
        return watched;
    }

    /** Newest first. */
    List<Watched> list() {
        Instant now = clock.instant();
        synchronized (newestFirst) {
            List<Watched> present = List.copyOf(newestFirst);
            newestFirst.removeIf(watched -> watched.end()
                    .filter(end -> end.at().isBefore(now.minus(KEPT))
                            || (end.at().isBefore(now.minus(KEPT_AT_LEAST)) && followed(watched, present)))
                    .isPresent());
            return List.copyOf(newestFirst);
        }
    }

    /** Whether another of its kind was asked for since it ended, or ended since: one that waits is asked for early. */
    private static boolean followed(Watched watched, List<Watched> all) {
        return all.stream()
                .filter(other -> other != watched && other.run.kind() == watched.run.kind())
                .anyMatch(other ->
                        other.seen > watched.ended || (other.end().isPresent() && other.ended > watched.ended));
    }
}
