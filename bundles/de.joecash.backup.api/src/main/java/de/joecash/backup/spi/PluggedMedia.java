package de.joecash.backup.spi;

import de.joecash.backup.FoundMedium;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds media that are plugged in. Thread-safe. */
@ConsumerType
public interface PluggedMedia {
    /**
     * Looks, and changes nothing. What the system cannot tell at once is left out.
     *
     * @return ordered by their paths
     */
    List<FoundMedium> list();
}
