package de.joecash.backup;

import de.joecash.backup.spi.DestinationProvider;
import java.util.Objects;

/**
 * A medium that is plugged in.
 *
 * @param path where it is mounted, absolute
 * @param format its file system as the system calls it, e.g. {@code vfat}; empty where it does not say
 * @param bytes its size; 0 where the system does not say
 */
public record FoundMedium(String path, String format, long bytes) {
    /** Checks that nothing is missing. */
    public FoundMedium {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(format, "format");
    }

    /**
     * Names the place that copies on it lie at.
     *
     * @return the place
     */
    public Place place() {
        return new Place(DestinationProvider.MEDIUM, path);
    }
}
