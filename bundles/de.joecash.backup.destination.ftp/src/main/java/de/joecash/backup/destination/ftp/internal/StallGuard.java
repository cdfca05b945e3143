package de.joecash.backup.destination.ftp.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a write that does not come to an end: a server that takes nothing more holds it for ever, whatever timeouts the
 * socket has.
 */
final class StallGuard implements AutoCloseable {
    private static final int LOOKS = 10;

    private final long limitNanos;
    private final Runnable end;
    private final ScheduledFuture<?> looking;
    private volatile boolean stalled;
    private volatile OptionalLong since = OptionalLong.empty();

    StallGuard(ScheduledExecutorService watchdog, Duration limit, Runnable end) {
        limitNanos = limit.toNanos();
        this.end = end;
        long period = limitNanos / LOOKS;
        looking = watchdog.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    /** What may not come to an end. */
    interface Work {
        void run() throws IOException;
    }

    void write(OutputStream out, byte[] bytes, int length) throws IOException {
        run(() -> out.write(bytes, 0, length));
    }

    void run(Work work) throws IOException {
        since = OptionalLong.of(System.nanoTime());
        try {
            work.run();
        } catch (IOException e) {
            throw stalled ? new IOException("no progress in time", e) : e;
        } finally {
            since = OptionalLong.empty();
        }
    }

    private void look() {
        OptionalLong start = since;
        if (start.isPresent() && System.nanoTime() - start.getAsLong() >= limitNanos) {
            stalled = true;
            end.run();
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
    }
}
