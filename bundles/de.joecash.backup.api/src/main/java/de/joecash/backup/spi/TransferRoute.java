package de.joecash.backup.spi;

import de.joecash.backup.BackupKind;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says where backups go. Registered as an OSGi service; the one of the highest ranking that answers decides. While a
 * route to a destination is registered, what is queued for it goes out; while none is, it waits. Thread-safe.
 */
@ConsumerType
public interface TransferRoute {
    /**
     * Names the destination it leads to.
     *
     * @return a {@link DestinationProvider#id()}
     */
    String destination();

    /**
     * Says whether backups of a kind go this way, and into which directory.
     *
     * @param kind who wanted the backup; {@code MANUAL} for whatever a person sends
     * @return the directory there, perhaps empty text; or empty where they do not go this way
     */
    Optional<String> directoryFor(BackupKind kind);
}
