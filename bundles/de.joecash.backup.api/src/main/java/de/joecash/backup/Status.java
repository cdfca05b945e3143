package de.joecash.backup;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How safe the data is.
 *
 * @param at when this was true
 * @param newestGood the newest good backup made of the live database (no safety backup)
 * @param backupOverdue whether there is none, or it is older than once a day allows
 * @param newestOffServer the newest good backup with a copy off the server
 * @param offServerOverdue whether there is none, or it is older than the configured limit
 * @param waitingTransfers how many entries are in the queue
 * @param obstacle what keeps any backup from being made at this instant, e.g. a full disk
 */
public record Status(
        Instant at,
        Optional<Backup> newestGood,
        boolean backupOverdue,
        Optional<Backup> newestOffServer,
        boolean offServerOverdue,
        int waitingTransfers,
        Optional<Problem> obstacle) {
    /** Checks that nothing is missing. */
    public Status {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(newestGood, "newestGood");
        Objects.requireNonNull(newestOffServer, "newestOffServer");
        Objects.requireNonNull(obstacle, "obstacle");
    }
}
