package de.joecash.backup.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The folders that a host wants kept with its database. Registered as an OSGi service; what several of them name is
 * kept together. Thread-safe.
 */
@ConsumerType
public interface KeptFolders {
    /**
     * A folder.
     *
     * @param name what it is called in backups; one that is not of the form {@link de.joecash.backup.KeptFiles#NAME} is
     *     refused when a backup is made
     * @param path where it is, absolute
     */
    record Folder(String name, Path path) {
        /** Checks that nothing is missing. */
        public Folder {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * Lists the folders as they are named at this moment.
     *
     * @return in no order
     */
    List<Folder> folders();
}
