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

/**
 * The runs that the page shows: those under way, and of those that ended the last of each kind, so that every browser
 * sees how it ended, also after a reload. Thread-safe.
 */
final class RecentRuns {
    private static final Duration KEPT = Duration.ofHours(12);

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

    /** A run, and its end once it is there. */
    static final class Watched {
        private final Run run;
        private volatile End end;

        private Watched(Run run) {
            this.run = run;
        }

        Run run() {
            return run;
        }

        Optional<End> end() {
            return Optional.ofNullable(end);
        }
    }

    Watched watch(Run run) {
        Watched watched = new Watched(run);
        synchronized (newestFirst) {
            Optional<Watched> known = newestFirst.stream()
                    .filter(earlier -> earlier.run.id().equals(run.id()))
                    .findFirst();
            if (known.isPresent()) {
                return known.get();
            }
            newestFirst.addFirst(watched);
        }
        run.outcome().thenAccept(outcome -> watched.end = new End(outcome, clock.instant()));
        return watched;
    }

    /** Newest first. */
    List<Watched> list() {
        Instant oldest = clock.instant().minus(KEPT);
        synchronized (newestFirst) {
            List<Watched> present = List.copyOf(newestFirst);
            newestFirst.removeIf(watched -> watched.end()
                    .filter(end -> end.at().isBefore(oldest) || followed(watched, present))
                    .isPresent());
            return List.copyOf(newestFirst);
        }
    }

    private static boolean followed(Watched watched, List<Watched> newestFirst) {
        return newestFirst.stream()
                .takeWhile(later -> later != watched)
                .anyMatch(later -> later.run.kind() == watched.run.kind());
    }
}
