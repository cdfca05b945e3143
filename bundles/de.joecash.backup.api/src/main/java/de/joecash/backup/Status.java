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
 * @param damage what is wrong with the newest backup made of the live database, where it is damaged
 * @param drills what drills have shown
 * @param beforeLoss the newest backup, a good one where there is one, after which the database may have been lost
 *     ({@link Backup#loss}), of several losses of the one that took most; empty once that is restored, or a person has
 *     seen it ({@link BackupService#nothingLost})
 * @param sendingStopped whether a transfer off the server was stopped by something that time does not heal, and waits
 *     for somebody to send again
 */
public record Status(
        Instant at,
        Optional<Backup> newestGood,
        boolean backupOverdue,
        Optional<Backup> newestOffServer,
        boolean offServerOverdue,
        int waitingTransfers,
        Optional<Problem> obstacle,
        Optional<Problem> damage,
        DrillStatus drills,
        Optional<Backup> beforeLoss,
        boolean sendingStopped) {
    /** Checks that nothing is missing. */
    public Status {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(newestGood, "newestGood");
        Objects.requireNonNull(newestOffServer, "newestOffServer");
        Objects.requireNonNull(obstacle, "obstacle");
        Objects.requireNonNull(damage, "damage");
        Objects.requireNonNull(drills, "drills");
        Objects.requireNonNull(beforeLoss, "beforeLoss");
    }

    /**
     * Makes the status of a database that lost nothing, while nothing is stopped.
     *
     * @param at as above
     * @param newestGood as above
     * @param backupOverdue as above
     * @param newestOffServer as above
     * @param offServerOverdue as above
     * @param waitingTransfers as above
     * @param obstacle as above
     * @param damage as above
     * @param drills as above
     */
    public Status(
            Instant at,
            Optional<Backup> newestGood,
            boolean backupOverdue,
            Optional<Backup> newestOffServer,
            boolean offServerOverdue,
            int waitingTransfers,
            Optional<Problem> obstacle,
            Optional<Problem> damage,
            DrillStatus drills) {
        this(
                at,
                newestGood,
                backupOverdue,
                newestOffServer,
                offServerOverdue,
                waitingTransfers,
                obstacle,
                damage,
                drills,
                Optional.empty(),
                false);
    }

    /**
     * Judges all of this. A drill that is missing or overdue takes no green away, for the archives are proven without
     * it; one that failed does.
     *
     * @return the worst there is
     */
    public Safety safety() {
        if (obstacle.isPresent()) {
            return Safety.OBSTACLE;
        }
        if (newestGood.isEmpty()) {
            return Safety.NO_BACKUP;
        }
        if (damage.isPresent()) {
            return Safety.DAMAGED;
        }
        if (beforeLoss.isPresent()) {
            return Safety.LOSS;
        }
        if (drills.failure().isPresent()) {
            return Safety.DRILL_FAILED;
        }
        if (backupOverdue) {
            return offServerOverdue ? Safety.BOTH_OVERDUE : Safety.BACKUP_OVERDUE;
        }
        if (offServerOverdue) {
            return newestOffServer.isEmpty() ? Safety.NO_COPY : Safety.COPY_OVERDUE;
        }
        return sendingStopped ? Safety.SENDING_STOPPED : Safety.SAFE;
    }
}
