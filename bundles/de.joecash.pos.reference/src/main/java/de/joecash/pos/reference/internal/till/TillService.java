package de.joecash.pos.reference.internal.till;

import de.joecash.pos.activity.TillActivity;
import de.joecash.pos.activity.TillSales;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.reference.internal.DataDirectory;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the till while the bundle is active. Soon after its start there is the condition {@code de.joecash.pos.opened},
 * or {@code de.joecash.pos.refused} with the words for the user in {@code reason}. When it is seeded, registers its
 * database, what it is doing and has sold, and the condition {@code de.joecash.pos.ready}.
 */
@Component(service = TillService.class, immediate = true)
public final class TillService {
    private static final Logger LOG = LoggerFactory.getLogger(TillService.class);
    private static final String OPENED = "de.joecash.pos.opened";
    private static final String REFUSED = "de.joecash.pos.refused";
    private static final String REASON = "reason";
    private static final String READY = "de.joecash.pos.ready";
    private static final String RECEIPTS = "de.joecash.receipts";
    private static final long DEFAULT_RECEIPTS = 50_000;
    private static final long MOST_RECEIPTS = 20_000_000;

    private final BundleContext context;
    private final Till till;
    private final Deque<ServiceRegistration<?>> registrations = new ConcurrentLinkedDeque<>();

    /**
     * Starts the till.
     *
     * @param context of this bundle
     */
    @Activate
    public TillService(BundleContext context) {
        this.context = context;
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "joecash-pos-till"));
        this.till = new Till(
                DataDirectory.of(context).directory("till"),
                DatabaseChoice.of(context)::open,
                receipts(context.getProperty(RECEIPTS)),
                Clock.system(ZoneId.of("Europe/Berlin")),
                thread);
        till.start(new TillEvents() {
            @Override
            public void opened() {
                tell(OPENED, Map.of());
            }

            @Override
            public void ready(PosDatabase database) {
                register(database);
            }

            @Override
            public void refused(String words) {
                tell(REFUSED, Map.of(REASON, words));
            }
        });
    }

    static long receipts(String property) {
        if (property == null || property.isBlank()) {
            return DEFAULT_RECEIPTS;
        }
        if (!property.matches("[0-9]{1,9}") || Long.parseLong(property) > MOST_RECEIPTS) {
            throw new IllegalArgumentException(RECEIPTS + " must be a number from 0 to " + MOST_RECEIPTS);
        }
        return Long.parseLong(property);
    }

    private void register(PosDatabase database) {
        try {
            registrations.push(context.registerService(TillActivity.class, till, null));
            registrations.push(context.registerService(TillSales.class, till, null));
            registrations.push(context.registerService(
                    PosDatabase.class,
                    database,
                    FrameworkUtil.asDictionary(Map.of(PosDatabase.KIND, database.kind()))));
            tell(READY, Map.of());
        } catch (IllegalStateException e) {
            LOG.debug("Stopped before the till was ready", e);
        }
    }

    private void tell(String condition, Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put(Condition.CONDITION_ID, condition);
        try {
            registrations.push(context.registerService(
                    Condition.class, Condition.INSTANCE, FrameworkUtil.asDictionary(properties)));
        } catch (IllegalStateException e) {
            LOG.debug("Stopped before it could be told", e);
        }
    }

    /** Takes the database from everybody, then stops the till. */
    @Deactivate
    public void stop() {
        withdraw();
        till.stop();
        // Whatever was registered while the first round went on.
        withdraw();
    }

    private void withdraw() {
        for (ServiceRegistration<?> one = registrations.poll(); one != null; one = registrations.poll()) {
            one.unregister();
        }
    }

    /**
     * Gives the till.
     *
     * @return the same at every call
     */
    public Till till() {
        return till;
    }
}
