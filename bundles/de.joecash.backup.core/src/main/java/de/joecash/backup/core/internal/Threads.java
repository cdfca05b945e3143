package de.joecash.backup.core.internal;

import de.joecash.backup.core.internal.archive.Workers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's threads. They are asked to end, never interrupted: an interrupt inside the host's database would close
 * that for the whole host.
 */
final class Threads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final int MOST_WORKERS = 8;
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_800);

    private static final int WORKERS =
            Math.max(1, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()));

    private final ExecutorService runs = Executors.newSingleThreadExecutor(named("joecash-backup-run"));
    private final ExecutorService transfers = Executors.newCachedThreadPool(named("joecash-backup-transfer"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(named("joecash-backup-timer"));

    private final ExecutorService archiving = archiving();

    /** For archives; they end when they had nothing to do for a while. */
    @SuppressWarnings("ThreadPriorityCheck") // A hint for systems that take it; what holds a backup back is its pace.
    private static ExecutorService archiving() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = named("joecash-backup-archive").newThread(task);
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    Workers workers() {
        return new Workers(archiving, WORKERS);
    }

    ExecutorService runs() {
        return runs;
    }

    ExecutorService transfers() {
        return transfers;
    }

    /** Calls again and again; a call that fails is logged, and the next one comes all the same. */
    void everySecond(Runnable call) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        call.run();
                    } catch (RuntimeException | Error e) {
                        LOG.error("What is done every second stumbled", e);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List.of(timer, runs, transfers).forEach(ExecutorService::shutdown);
        for (ExecutorService executor : List.of(timer, runs, transfers, archiving)) {
            // The archive's last: until the runs have ended they need it.
            executor.shutdown();
            try {
                if (!executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.error("A thread of the data backup did not end in time");
                }
            } catch (InterruptedException e) {
                // Whoever stops us was told to hurry: hand it on. Our own threads are not interrupted.
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Makes daemon threads of one name. */
    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
