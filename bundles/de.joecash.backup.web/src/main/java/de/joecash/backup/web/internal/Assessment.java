package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Status;
import java.util.List;
import java.util.Optional;

/** What the page says first: how safe the data is, and the one reason that decides it. */
enum Assessment {
    /** A fresh good backup, and a fresh copy off the server. */
    SAFE(Level.SAFE),
    /** A copy off the server is there, but too old. */
    COPY_OVERDUE(Level.OVERDUE),
    /** No copy off the server. */
    NO_COPY(Level.OVERDUE),
    /** The newest good backup is too old. */
    BACKUP_OVERDUE(Level.OVERDUE),
    /** The newest good backup is too old, and so is the copy off the server, or there is none. */
    BOTH_OVERDUE(Level.DANGER),
    /** The newest backup is damaged. */
    DAMAGED(Level.DANGER),
    /** No good backup at all. */
    NO_BACKUP(Level.DANGER),
    /** No backup can be made at present; the status says why. */
    OBSTACLE(Level.DANGER);

    /** How loudly it is said. */
    enum Level {
        SAFE,
        OVERDUE,
        DANGER
    }

    private final Level level;

    Assessment(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    static Assessment of(Status status, List<Backup> newestFirst) {
        if (status.obstacle().isPresent()) {
            return OBSTACLE;
        }
        if (status.newestGood().isEmpty()) {
            return NO_BACKUP;
        }
        Optional<Backup> newest = newestFirst.stream()
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .findFirst();
        if (newest.isPresent() && !newest.get().good()) {
            return DAMAGED;
        }
        if (status.backupOverdue()) {
            return status.offServerOverdue() ? BOTH_OVERDUE : BACKUP_OVERDUE;
        }
        if (status.offServerOverdue()) {
            return status.newestOffServer().isEmpty() ? NO_COPY : COPY_OVERDUE;
        }
        return SAFE;
    }
}
