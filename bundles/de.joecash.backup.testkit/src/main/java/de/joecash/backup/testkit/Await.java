package de.joecash.backup.testkit;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come, for as long as a busy machine may take. */
public final class Await {
    /** When it comes no more. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private Await() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface State {
        /**
         * Looks.
         *
         * @return whether it has come
         * @throws Exception if it never will
         */
        boolean reached() throws Exception;
    }

    /**
     * Waits for a state, looking a hundred times a second.
     *
     * @param what names it
     * @param state looks
     * @throws AssertionError if it does not come, or throws
     */
    public static void until(String what, State state) {
        long begun = System.nanoTime();
        try {
            while (!state.reached()) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new AssertionError("Not within " + PATIENCE + ": " + what);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    /**
     * Waits until a latch is open.
     *
     * @param what says what that means
     * @param latch opened by another thread
     * @throws AssertionError if it stays shut
     */
    public static void open(String what, CountDownLatch latch) {
        until(what, () -> latch.await(1, TimeUnit.MILLISECONDS));
    }

    /**
     * Waits for an end that is promised within a time, by a {@link Stopwatch}.
     *
     * @param promised how long it may take from now on
     * @param work ends well or not
     * @throws AssertionError if it does not end in time
     */
    public static void within(Duration promised, Future<?> work) {
        Stopwatch watch = Stopwatch.start();
        long begun = System.nanoTime();
        while (true) {
            try {
                work.get(10, TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException | CancellationException e) {
                // That is an end, too; the test looks at it.
                return;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } catch (TimeoutException e) {
                boolean late = watch.elapsed().compareTo(promised) > 0
                        || System.nanoTime() - begun > PATIENCE.plus(promised).toNanos();
                if (late && !work.isDone()) {
                    throw new AssertionError("Not within " + promised, e);
                }
            }
        }
    }
}
