package de.joecash.pos.reference.internal.till;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Remembers the last sales, for whoever looks on. Thread-safe. */
public final class SalesBoard {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int SHOWN = 6;

    private final Clock clock;
    private final Deque<Sold> recent = new ArrayDeque<>();

    /**
     * A sale as it is shown.
     *
     * @param number the receipt's
     * @param at when
     * @param total in euro
     * @param what the first article
     */
    public record Sold(long number, Instant at, BigDecimal total, String what) {}

    SalesBoard(Clock clock) {
        this.clock = clock;
    }

    synchronized void sold(Receipt receipt) {
        recent.addLast(new Sold(
                receipt.number(),
                clock.instant(),
                receipt.total(),
                receipt.lines().get(0).article().name()));
        Instant oldest = clock.instant().minus(WINDOW);
        while (recent.size() > SHOWN && recent.getFirst().at().isBefore(oldest)) {
            recent.removeFirst();
        }
    }

    synchronized double perSecond() {
        Instant oldest = clock.instant().minus(WINDOW);
        long count = recent.stream().filter(sold -> !sold.at().isBefore(oldest)).count();
        return count / (double) WINDOW.toSeconds();
    }

    /** Gives the newest sales, the newest first. */
    synchronized List<Sold> newest() {
        List<Sold> all = List.copyOf(recent);
        List<Sold> newest = new ArrayList<>(all.subList(Math.max(0, all.size() - SHOWN), all.size()));
        Collections.reverse(newest);
        return List.copyOf(newest);
    }
}
