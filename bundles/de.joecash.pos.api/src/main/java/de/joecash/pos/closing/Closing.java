package de.joecash.pos.closing;

import java.time.Instant;
import java.util.Objects;

/**
 * Something ends.
 *
 * @param reason what ends
 * @param deadline until when the host waits; after it the power may be gone
 */
public record Closing(Reason reason, Instant deadline) {
    /** What ends. */
    public enum Reason {
        /** The business day was closed; the machine runs on for a while. */
        DAY_CLOSED,
        /** The machine is being shut down. */
        SHUTDOWN
    }

    /** Checks that nothing is missing. */
    public Closing {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(deadline, "deadline");
    }
}
