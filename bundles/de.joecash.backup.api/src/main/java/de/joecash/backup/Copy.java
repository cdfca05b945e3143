package de.joecash.backup;

import java.time.Instant;
import java.util.Objects;

/**
 * A copy of an archive outside the backup folder.
 *
 * @param place where it is
 * @param name the name there of the file with the database
 * @param at when it was proven there
 * @param bytes length of the backup's archives there
 * @param offServer whether it survives the loss of the server
 * @param proof how far it was proven
 */
public record Copy(Place place, String name, Instant at, long bytes, boolean offServer, Proof proof) {
    /** How far a copy was proven when it was made. */
    public enum Proof {
        /** The destination says that the published file has the archive's length. */
        LENGTH_EQUAL,
        /** The published file was read back and is equal to the archive. */
        CONTENT_EQUAL
    }

    /** Checks that nothing is missing. */
    public Copy {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(proof, "proof");
    }
}
