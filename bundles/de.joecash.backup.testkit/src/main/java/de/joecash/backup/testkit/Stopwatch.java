package de.joecash.backup.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells how long something took, but for the time in which this machine stood still: a promise of seconds is the
 * product's, and not that of a machine which others keep busy. What keeps all threads of this virtual machine from
 * running is not told from that. Thread-safe.
 */
public final class Stopwatch {
    private static final long BETWEEN_TICKS = Duration.ofMillis(10).toNanos();

    /** A tick that comes later than this stood still meanwhile. */
    private static final long LONGEST_TICK = 2 * BETWEEN_TICKS;

    private static final AtomicLong TICKED = new AtomicLong();

    static {
        Thread ticker = new Thread(Stopwatch::tick, "stopwatch");
        ticker.setDaemon(true);
        ticker.start();
    }

    private final long begun = TICKED.get();

    private Stopwatch() {}

    private static void tick() {
        long last = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(BETWEEN_TICKS);
            long now = System.nanoTime();
            TICKED.addAndGet(Math.min(now - last, LONGEST_TICK));
            last = now;
        }
    }

    /**
     * Begins.
     *
     * @return one that runs
     */
    public static Stopwatch start() {
        return new Stopwatch();
    }

    /**
     * Tells how long it has been running.
     *
     * @return to 20 ms, and by no more than that too long
     */
    public Duration elapsed() {
        return Duration.ofNanos(TICKED.get() - begun);
    }
}
