package de.joecash.pos.reference.internal.closing;

import de.joecash.pos.closing.Closing;
import de.joecash.pos.closing.ClosingParticipant;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every participant, all at the same time, and waits for them. */
@Component(service = Closings.class, immediate = true)
public final class Closings {
    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);
    private static final Duration AT_SHUTDOWN = Duration.ofSeconds(3);

    private final Bundle framework;
    private final Clock clock;

    // Not final: participants come and go while the host stays.
    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<ClosingParticipant> participants = List.of();

    /**
     * Waits for participants.
     *
     * @param context of this bundle
     */
    @Activate
    public Closings(BundleContext context) {
        this(context.getBundle(0), Clock.systemUTC());
    }

    Closings(Bundle framework, Clock clock) {
        this.framework = framework;
        this.clock = clock;
    }

    /** What came of it. */
    record Told(int participants, boolean inTime) {}

    Told tell(Closing.Reason reason, Duration limit) {
        return tell(participants, reason, limit);
    }

    Told tell(List<ClosingParticipant> all, Closing.Reason reason, Duration limit) {
        Closing closing = new Closing(reason, clock.instant().plus(limit));
        List<CompletableFuture<?>> under = new ArrayList<>();
        for (ClosingParticipant participant : all) {
            try {
                under.add(participant.closing(closing).toCompletableFuture().handle((done, failed) -> done));
            } catch (RuntimeException e) {
                LOG.warn("A participant failed at the closing", e);
            }
        }
        boolean inTime = CompletableFuture.allOf(under.toArray(CompletableFuture[]::new))
                .thenApply(done -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return new Told(under.size(), inTime);
    }

    /** Where the whole framework stops, and not this bundle alone, the machine shuts down. */
    @Deactivate
    public void stop() {
        if (framework.getState() == Bundle.STOPPING) {
            Told told = tell(Closing.Reason.SHUTDOWN, AT_SHUTDOWN);
            LOG.info("Told {} participants of the shutdown", told.participants());
        }
    }
}
