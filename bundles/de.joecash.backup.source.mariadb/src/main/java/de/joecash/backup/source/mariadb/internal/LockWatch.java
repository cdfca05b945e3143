package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a dump up when somebody waits for a table for too long: the dump itself behind somebody's lock, or somebody who
 * changes a table behind the dump, because sales would queue up behind him. {@code mariadb-dump} has no such limit of
 * its own. It sees the connections of the till's own user, and those of all users where that one has the privilege
 * {@code PROCESS}.
 */
final class LockWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(LockWatch.class);

    private static final long LOOK_MILLIS = 500;

    /** How long somebody who changes a table may wait: every sale that comes after him waits, too. */
    private static final Duration GIVES_WAY = Duration.ofSeconds(1);

    private static final String CHANGES =
            "'^[[:space:]]*(ALTER|DROP|TRUNCATE|RENAME|CREATE|OPTIMIZE|REPAIR|LOCK)[[:space:]]'";

    private final Session session;
    private final Cancellation cancellation;
    private final String query;
    private final ScheduledExecutorService watch;
    private final ScheduledFuture<?> looking;

    /**
     * Begins to watch.
     *
     * @param session for this alone, until this is closed
     * @param cancellation of the dump
     * @param timeout how long the dump may wait
     */
    LockWatch(Session session, Cancellation cancellation, Duration timeout) {
        this.session = session;
        this.cancellation = cancellation;
        query = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"
                + " AND state LIKE 'Waiting for table%' AND time_ms > IF(info REGEXP " + CHANGES + ", "
                + GIVES_WAY.toMillis() + ", " + timeout.toMillis() + ")";
        watch = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "joecash-locks");
            thread.setDaemon(true);
            return thread;
        });
        looking = watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (!session.ask(query).equals(List.of("0"))) {
                cancellation.cancel(new Problem.DatabaseLocked());
            }
        } catch (BackupException e) {
            // Whatever it is, the dump meets it, too.
            LOGGER.debug("Nobody watches for locks any more: {}", e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    /** Watches no more; what is being asked ends with the session. */
    void close() {
        looking.cancel(false);
        watch.shutdown();
    }
}
