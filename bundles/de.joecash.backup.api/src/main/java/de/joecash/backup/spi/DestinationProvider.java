package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A way out of the shop. Registered as an OSGi service for each configured one. Thread-safe. */
@ConsumerType
public interface DestinationProvider {
    /** Id of the local medium at 01.2. */
    String MEDIUM = "medium";

    /**
     * Names the destination.
     *
     * @return 1 to 32 characters of {@code a-z 0-9 -}, e.g. {@link #MEDIUM} or {@code data-centre}
     */
    String id();

    /**
     * Tells people where it is, for the recovery sheet: what they have to enter on a new server.
     *
     * @return one line without user and secrets, e.g. {@code sftp://backup.example.com:22}; empty where that is not
     *     known, or the directory says it all
     */
    default String address() {
        return "";
    }

    /**
     * Opens a directory there. Everything that can be refused before a byte is sent is refused here, but for write
     * protection, which is for {@link Destination#put} to refuse: what is there can be fetched all the same.
     *
     * @param directory in the destination's own notation; hostile until checked; empty for its root, where it has one
     * @param offLimits directories of this server that must never be written to: the backup folder first, then the
     *     database's
     * @param cancellation ends whatever the returned destination blocks in
     * @return to be used by one thread, and closed
     * @throws BackupException if it cannot be opened
     */
    Destination connect(String directory, List<Path> offLimits, Cancellation cancellation) throws BackupException;
}
