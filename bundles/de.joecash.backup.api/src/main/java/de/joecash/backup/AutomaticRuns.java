package de.joecash.backup;

import java.time.ZonedDateTime;
import org.osgi.annotation.versioning.ProviderType;

/** The schedule's face: registered while backups are made automatically, gone while they are not. Thread-safe. */
@ProviderType
public interface AutomaticRuns {
    /**
     * Says when the next automatic backup is due.
     *
     * @return in the shop's zone; in the past while one is being caught up
     */
    ZonedDateTime next();
}
