package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.core.internal.pace.Waiting;
import de.joecash.backup.spi.Cancellation;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Holds a run's threads up: for a moment, or while the run is paused. Whatever waits here ends at once when the run is
 * to stop. Nobody is interrupted, and a thread that somebody else interrupted waits no longer. Thread-safe.
 */
final class Halt implements Waiting {
    private final Cancellation cancellation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How long the run may be paused from now on, in nanoseconds; while it is, from that pause's beginning on. */
    private long left;

    /** When the pause is over, as {@link #nanoTime} tells. */
    private long ends;

    private volatile boolean paused;

    /** @param longest how long the run may be paused, all pauses together */
    Halt(Cancellation cancellation, Duration longest) {
        this.cancellation = cancellation;
        this.left = longest.toNanos();
        cancellation.onCancel(this::wake);
    }

    /** Pauses; says whether it is paused now. It is not where it has been for as long as it may. */
    boolean pause() {
        lock.lock();
        try {
            if (!paused && left > 0) {
                ends = nanoTime() + left;
                paused = true;
            }
            return paused();
        } finally {
            lock.unlock();
        }
    }

    /** Goes on; says whether it was paused. */
    boolean resume() {
        lock.lock();
        try {
            boolean was = paused();
            if (paused) {
                left = Math.max(0, ends - nanoTime());
                paused = false;
                changed.signalAll();
            }
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is paused at present. */
    boolean paused() {
        if (!paused) {
            return false;
        }
        lock.lock();
        try {
            return paused && ends - nanoTime() > 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits while it is paused.
     *
     * @throws StoppedException if the run is to stop
     */
    void hold() throws StoppedException {
        if (paused) {
            await(() -> paused ? ends - nanoTime() : 0);
        }
        check();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void await(long nanos) throws StoppedException {
        long end = nanoTime() + nanos;
        await(() -> end - nanoTime());
        check();
    }

    private void await(LongSupplier rest) {
        lock.lock();
        try {
            long nanos = rest.getAsLong();
            while (nanos > 0 && !cancellation.cancelled()) {
                changed.awaitNanos(nanos);
                nanos = rest.getAsLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws StoppedException {
        try {
            cancellation.check();
        } catch (BackupException e) {
            throw new StoppedException(e);
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
