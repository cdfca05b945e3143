package de.joecash.backup;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How far a run is.
 *
 * @param phase what it is doing
 * @param bytes how much it has worked through in this phase
 * @param share how much of this phase is done, from 0 to 1, where it is known
 */
public record Progress(Phase phase, long bytes, OptionalDouble share) {
    /** Checks that nothing is missing. */
    public Progress {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(share, "share");
    }
}
