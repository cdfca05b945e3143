package de.joecash.itests;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notes for how long a thread of this process that had something to do was not let run: by a machine that stood still,
 * or that had too much else to do. What a promise of time is about does not get that time either.
 */
public final class Stalls implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private long total;
    private long lookedAt = System.nanoTime();
    private volatile boolean ended;

    /** Begins to note. */
    public Stalls() {
        Thread thread = new Thread(this::watch, "stalls");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!ended) {
            LockSupport.parkNanos(STEP_NANOS);
            look();
        }
    }

    private synchronized void look() {
        long now = System.nanoTime();
        total += late(now);
        lookedAt = now;
    }

    private long late(long now) {
        return Math.max(0, now - lookedAt - STEP_NANOS);
    }

    /** How long that was since the beginning, one under way included. */
    public synchronized Duration soFar() {
        return Duration.ofNanos(total + late(System.nanoTime()));
    }

    @Override
    public void close() {
        ended = true;
    }
}
