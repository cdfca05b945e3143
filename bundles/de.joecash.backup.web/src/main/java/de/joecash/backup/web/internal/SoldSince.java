package de.joecash.backup.web.internal;

import de.joecash.backup.HostSales;
import de.joecash.backup.Sales;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the host has sold since the newest backup. However many browsers look on, it is asked every five seconds at
 * most, and only one of them waits for its answer. Thread-safe.
 */
final class SoldSince {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Supplier<Optional<HostSales>> host;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last = new Answer(Instant.MIN, Instant.MIN, Optional.empty());

    private record Answer(Instant from, Instant at, Optional<Sales> sales) {}

    /**
     * Prepares to ask.
     *
     * @param host gives the host's figures, where it tells them
     */
    SoldSince(Supplier<Optional<HostSales>> host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    /** Gives the figures since an instant, some seconds old; the former ones where they are being asked for. */
    Optional<Sales> lately(Instant from) {
        Answer known = last;
        boolean fits = known.from().equals(from);
        if ((fits && clock.instant().isBefore(known.at().plus(FRESH))) || !asking.tryLock()) {
            return fits ? known.sales() : Optional.empty();
        }
        try {
            Optional<Sales> sales = now(from);
            last = new Answer(from, clock.instant(), sales);
            return sales;
        } finally {
            asking.unlock();
        }
    }

    /** Asks the host. */
    Optional<Sales> now(Instant from) {
        return host.get().flatMap(told -> told.since(from));
    }
}
