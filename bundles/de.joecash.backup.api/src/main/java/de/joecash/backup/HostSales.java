package de.joecash.backup;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The host's own figures: registered where it tells what it has sold. Thread-safe. */
@ProviderType
public interface HostSales {
    /**
     * Counts what was sold since an instant, such as the start of a backup: at least what is not in it. Blocks while
     * the host's database answers, some two seconds at most; not to be asked more than a few times a minute.
     *
     * @param from the instant
     * @return empty where the host cannot tell at present
     */
    Optional<Sales> since(Instant from);
}
