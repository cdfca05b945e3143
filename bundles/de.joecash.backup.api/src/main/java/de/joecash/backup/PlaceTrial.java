package de.joecash.backup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a trial of a place has shown, step by step.
 *
 * @param passed the steps that went well, in their order
 * @param problem why the first that is missing did not; empty where all did
 */
public record PlaceTrial(List<Step> passed, Optional<Problem> problem) {
    /**
     * A step; each is tried only after those before it went well, but for the last, which always follows the second:
     * the file is removed also where it could not be read back.
     */
    public enum Step {
        /** The place was found, shown to be the right one, and let us in. */
        CONNECTED,
        /** A small file was stored whole. */
        WRITTEN,
        /** It was read back and is equal. */
        READ_BACK,
        /** It was removed again. */
        REMOVED
    }

    /** Checks that nothing is missing and keeps a copy of the steps. */
    public PlaceTrial {
        passed = List.copyOf(passed);
        Objects.requireNonNull(problem, "problem");
    }
}
