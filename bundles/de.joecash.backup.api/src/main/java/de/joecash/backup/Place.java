package de.joecash.backup;

import java.util.Objects;

/**
 * Somewhere outside the backup folder.
 *
 * @param destination id of the destination, e.g. {@code medium} or {@code data-centre}
 * @param directory the directory there, in the destination's own notation; empty for its root
 */
public record Place(String destination, String directory) {
    /** Checks that nothing is missing. */
    public Place {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(directory, "directory");
    }

    @Override
    public String toString() {
        return directory.isEmpty() ? destination : destination + ":" + directory;
    }
}
