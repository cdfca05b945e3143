package de.joecash.backup.pos.internal;

import de.joecash.pos.entitlement.Entitlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is open while +Backup is granted. Thread-safe without a lock: opening and closing runs foreign code, which must not
 * find one held. One thread at a time does both; another that comes meanwhile leaves it its news and goes.
 */
final class PlusGate {
    /** Until the clock is looked at again at the latest, for it may have been changed. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PlusGate.class);

    private final Supplier<Runnable> open;
    private final Clock clock;
    private final List<Entitlement> grants = new CopyOnWriteArrayList<>();
    private final AtomicInteger news = new AtomicInteger();
    private volatile boolean shut;
    private volatile boolean opened;

    /** What closes the gate, or {@code null} while it is closed. Belongs to the thread that does the opening. */
    private Runnable close;

    /** @param open opens, and gives what closes */
    PlusGate(Supplier<Runnable> open, Clock clock) {
        this.open = open;
        this.clock = clock;
    }

    void add(Entitlement grant) {
        grants.add(grant);
        settle();
    }

    void remove(Entitlement grant) {
        grants.remove(grant);
        settle();
    }

    /** Closes the gate for good. */
    void shut() {
        shut = true;
        settle();
    }

    /** Looks at the clock, and says in what time to do so again: at the next end of a grant, or soon. */
    Duration look() {
        // Nothing but a change is worth being in a host thread's way.
        if (granted() != opened) {
            settle();
        }
        Instant now = clock.instant();
        return grants.stream()
                .map(PlusGate::end)
                .flatMap(Optional::stream)
                .filter(end -> end.isAfter(now))
                .map(end -> Duration.between(now, end))
                .filter(left -> left.compareTo(LONGEST) < 0)
                .min(Duration::compareTo)
                .orElse(LONGEST);
    }

    private void settle() {
        if (news.getAndIncrement() > 0) {
            return;
        }
        int heard;
        do {
            heard = news.get();
            try {
                openOrClose();
            } catch (RuntimeException e) {
                LOG.error("The condition for {} cannot be changed", Plus.FEATURE, e);
            }
        } while (!news.compareAndSet(heard, 0));
    }

    private void openOrClose() {
        boolean granted = granted();
        if (granted && close == null) {
            close = open.get();
            opened = true;
            LOG.info("{} is booked", Plus.FEATURE);
        } else if (!granted && close != null) {
            Runnable closing = close;
            close = null;
            opened = false;
            closing.run();
            LOG.info("{} is not booked any more", Plus.FEATURE);
        }
    }

    private boolean granted() {
        Instant now = clock.instant();
        return !shut && grants.stream().anyMatch(grant -> valid(grant, now));
    }

    /** A grant that cannot be asked is none. */
    private static boolean valid(Entitlement grant, Instant now) {
        try {
            return grant.feature().equals(Plus.FEATURE)
                    && grant.validUntil().map(now::isBefore).orElse(true);
        } catch (RuntimeException e) {
            LOG.debug("An entitlement cannot be asked", e);
            return false;
        }
    }

    private static Optional<Instant> end(Entitlement grant) {
        try {
            return grant.validUntil();
        } catch (RuntimeException e) {
            LOG.debug("An entitlement cannot be asked", e);
            return Optional.empty();
        }
    }
}
