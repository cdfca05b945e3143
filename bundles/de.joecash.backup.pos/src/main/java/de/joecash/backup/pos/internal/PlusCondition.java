package de.joecash.backup.pos.internal;

import de.joecash.pos.entitlement.Entitlement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the host's entitlement to +Backup into the condition that stands for it. A withdrawn grant takes the condition
 * with it before the host goes on, unless another change is being carried out at that moment: then that one's thread
 * carries out this one too. A grant that ends does so by itself.
 */
@Component(
        service = {},
        immediate = true)
public final class PlusCondition {
    private static final Logger LOG = LoggerFactory.getLogger(PlusCondition.class);
    private static final long STOP_SECONDS = 4;

    private final PlusGate gate;
    private final ScheduledThreadPoolExecutor timer;

    /** The next look at the clock. Belongs to the timer's thread. */
    private Future<?> look;

    /** Starts watching the clock. */
    @Activate
    public PlusCondition(BundleContext context) {
        this(() -> register(context), Clock.systemUTC());
    }

    PlusCondition(Supplier<Runnable> open, Clock clock) {
        gate = new PlusGate(open, clock);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "joecash-backup-entitlement");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.execute(this::look);
    }

    @Reference(
            service = Entitlement.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addEntitlement(Entitlement grant) {
        gate.add(grant);
        try {
            timer.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping", e);
        }
    }

    void removeEntitlement(Entitlement grant) {
        gate.remove(grant);
    }

    /** Takes the condition away and ends the thread. */
    @Deactivate
    public void stop() {
        gate.shut();
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("The thread that watches the entitlement does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Duration pause = gate.look();
        if (look != null) {
            look.cancel(false);
        }
        try {
            look = timer.schedule(this::look, pause.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping", e);
        }
    }

    private static Runnable register(BundleContext context) {
        ServiceRegistration<Condition> registration = context.registerService(
                Condition.class,
                Condition.INSTANCE,
                FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, Plus.CONDITION)));
        return registration::unregister;
    }
}
