package de.joecash.pos.entitlement;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A feature that the holder of this till has booked.
 *
 * <p>The host's licence manager registers one service for each feature that is granted, and unregisters it when the
 * grant is withdrawn. There is no "not granted" object. A grant with an end lapses at that instant by itself: whoever
 * consumes it watches {@link #validUntil()}.
 *
 * <pre>{@code
 * Entitlement plus = new Granted("+Backup", "Salon Sonnenschein", Optional.of(Instant.parse("2027-01-01T00:00:00Z")));
 * ServiceRegistration<Entitlement> grant = context.registerService(Entitlement.class, plus, null);
 * ...
 * grant.unregister(); // withdrawn
 * }</pre>
 */
@ConsumerType
public interface Entitlement {
    /**
     * Names the feature.
     *
     * @return as on the price list, e.g. {@code +Backup}
     */
    String feature();

    /**
     * Names who booked it.
     *
     * @return plain text for display
     */
    String holder();

    /**
     * Gives the end of the grant.
     *
     * @return the first instant at which it is no longer granted, or empty for no end
     */
    Optional<Instant> validUntil();
}
