package de.joecash.pos.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Waits for the till to find its database, or to say why it does not start. */
final class TillStart {
    private static final String BUNDLE = "de.joecash.pos.reference";
    private static final String OPENED = "(osgi.condition.id=de.joecash.pos.opened)";
    private static final String REFUSED = "(osgi.condition.id=de.joecash.pos.refused)";
    private static final String REASON = "reason";
    private static final long POLL_MILLIS = 20;

    private final BundleContext context;

    TillStart(BundleContext context) {
        this.context = context;
    }

    /**
     * Waits, but not for a till that an administrator stopped or removed.
     *
     * @throws Refusal with the till's words where it does not start
     */
    void await(Duration limit) throws Refusal, InterruptedException {
        long start = System.nanoTime();
        while (runs() && find(OPENED).isEmpty() && System.nanoTime() - start < limit.toNanos()) {
            Optional<ServiceReference<?>> refused = find(REFUSED);
            if (refused.isPresent()) {
                throw new Refusal(Refusal.FAILED, String.valueOf(refused.get().getProperty(REASON)));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean runs() {
        return Stream.of(context.getBundles())
                .anyMatch(bundle -> BUNDLE.equals(bundle.getSymbolicName())
                        && (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING));
    }

    private Optional<ServiceReference<?>> find(String filter) {
        try {
            ServiceReference<?>[] services = context.getAllServiceReferences(null, filter);
            return services == null ? Optional.empty() : Stream.of(services).findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
