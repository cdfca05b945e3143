package de.joecash.backup.spi;

import de.joecash.backup.Place;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says where copies may lie, whether or not a {@link TransferRoute} leads there at present: for listing and fetching,
 * which are never gated. Registered as an OSGi service. Thread-safe.
 */
@ConsumerType
public interface KnownPlace {
    /**
     * Names the place.
     *
     * @return empty while none is set
     */
    Optional<Place> place();
}
