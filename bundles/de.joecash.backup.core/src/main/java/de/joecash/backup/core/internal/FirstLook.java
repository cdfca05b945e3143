package de.joecash.backup.core.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Outcome;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.core.internal.transfer.Ports;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Source;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each database as soon as it comes, rather than at the next backup, which may be a day away: a host that has
 * lost its database makes a new one when it starts. What the look suspects, a backup then shows. Ticked by one thread.
 */
final class FirstLook {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);
    private static final int TICKS_TO_NEXT_TRY = 60;

    private final Ports ports;
    private final LossWatch losses;
    private final Supplier<Run> backup;
    private final Executor executor;
    private final Cancellation stopping;
    private Optional<Source> last = Optional.empty();
    private int wait;
    private volatile boolean failed;

    /**
     * @param backup begins a backup of the live database
     * @param executor of looks
     * @param stopping ends one
     */
    FirstLook(Ports ports, LossWatch losses, Supplier<Run> backup, Executor executor, Cancellation stopping) {
        this.ports = ports;
        this.losses = losses;
        this.backup = backup;
        this.executor = executor;
        this.stopping = stopping;
    }

    /** Called once a second. */
    void tick() {
        Optional<Source> now = ports.sources().first();
        if (now.isEmpty()) {
            return;
        }
        if (last.filter(source -> source == now.get()).isEmpty()) {
            // The first one that came, and a backup of it since: that has looked already.
            boolean looked = last.isEmpty() && losses.looks() > 0;
            last = now;
            failed = false;
            if (!looked) {
                begin(now.get());
            }
        } else if (failed && ++wait >= TICKS_TO_NEXT_TRY) {
            failed = false;
            begin(now.get());
        }
    }

    private void begin(Source source) {
        wait = 0;
        int before = losses.looks();
        executor.execute(() -> look(source, before));
    }

    /** Without the backup the loss is still to be shown. */
    private void heard(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            failed = true;
        }
    }

    private void look(Source source, int before) {
        // A source that goes cancels what it was given.
        Cancellation own = new Cancellation();
        Cancellation.Registration registration = stopping.onCancel(() -> own.cancel(new Problem.Stopping()));
        try {
            if (!losses.isWorthCounting(source.expectedBytes())) {
                return;
            }
            Optional<Map<String, Long>> rows = source.rows(own);
            if (rows.isPresent()
                    && losses.looks() == before
                    && losses.isSuspected(source.info().kind(), rows.get())) {
                LOG.warn(
                        "The database that came holds much less than the newest backup: it is backed up now to show it");
                backup.get().outcome().thenAccept(this::heard);
            }
        } catch (BackupException e) {
            LOG.debug("The database could not be looked at; that is tried again", e);
            failed = true;
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A look at the database failed", e);
        } finally {
            registration.close();
        }
    }
}
