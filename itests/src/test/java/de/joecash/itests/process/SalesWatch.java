package de.joecash.itests.process;

import de.joecash.itests.Stalls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at a till's receipts every 50 ms, from its beginning to its end. */
final class SalesWatch implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DemoHost host;
    private final Thread thread;
    private volatile boolean ended;
    private long first;
    private long last;
    private long longestNanos;
    private AssertionError failure;

    /**
     * What was seen. What the machine kept everybody from running is no gap of the till's.
     *
     * @param sold how many receipts came
     * @param longestGap how long no receipt came, the looks' own time included
     */
    record Seen(long sold, Duration longestGap) {}

    private SalesWatch(DemoHost host) {
        this.host = host;
        this.thread = new Thread(this::watch, "sales-watch");
    }

    static SalesWatch on(DemoHost host) {
        SalesWatch watch = new SalesWatch(host);
        watch.first = host.receipts();
        watch.last = watch.first;
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (Stalls stalls = new Stalls()) {
            long changed = System.nanoTime();
            while (!ended) {
                long receipts = host.receipts();
                long now = System.nanoTime() - stalls.soFar().toNanos();
                longestNanos = Math.max(longestNanos, now - changed);
                if (receipts != last) {
                    last = receipts;
                    changed = now;
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (RuntimeException | AssertionError e) {
            failure = new AssertionError("The till does not answer", e);
        }
    }

    /** Ends the looking. */
    Seen end() throws InterruptedException {
        close();
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return new Seen(last - first, Duration.ofNanos(longestNanos));
    }

    @Override
    public void close() {
        ended = true;
    }
}
