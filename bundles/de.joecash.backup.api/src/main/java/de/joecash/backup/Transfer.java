package de.joecash.backup;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A backup on its way to a destination, as it stands in the queue on disk.
 *
 * @param id names the entry
 * @param backup what is sent
 * @param place where to
 * @param state what it is doing
 * @param attempts how often it was tried
 * @param nextAttempt for a {@link State#WAITING} entry when it is tried next, at the earliest
 * @param progress how far the attempt under way is, for {@link State#SENDING}
 * @param problem why the last attempt failed, or why it waits
 */
public record Transfer(
        String id,
        BackupId backup,
        Place place,
        State state,
        int attempts,
        Optional<Instant> nextAttempt,
        Optional<Progress> progress,
        Optional<Problem> problem) {
    /** What an entry is doing. */
    public enum State {
        /** Waits for its turn, for its next attempt or for its route. */
        WAITING,
        /** Is being sent. */
        SENDING,
        /** Held up by somebody until it is resumed. */
        PAUSED,
        /**
         * Stopped by something that time does not heal; goes on when it, or anything to the same place, is sent again.
         */
        STOPPED
    }

    /** Checks that nothing is missing. */
    public Transfer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(nextAttempt, "nextAttempt");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(problem, "problem");
    }
}
