package de.joecash.backup;

/** How safe the data is, as the one reason that decides it. What is worse comes later. */
public enum Safety {
    /** A fresh good backup, and a fresh copy off the server. */
    SAFE(Level.SAFE),
    /** A transfer off the server was stopped, and goes on only when somebody sends again. */
    SENDING_STOPPED(Level.OVERDUE),
    /** A copy off the server is there, but too old. */
    COPY_OVERDUE(Level.OVERDUE),
    /** No copy off the server. */
    NO_COPY(Level.OVERDUE),
    /** The newest good backup is too old. */
    BACKUP_OVERDUE(Level.OVERDUE),
    /** The newest good backup is too old, and so is the copy off the server, or there is none. */
    BOTH_OVERDUE(Level.DANGER),
    /** The newest backup that was drilled could not be restored, or its books are wrong. */
    DRILL_FAILED(Level.DANGER),
    /** A backup held much less than the one before it, and nobody has seen to that: the database may have been lost. */
    LOSS(Level.DANGER),
    /** The newest backup is damaged. */
    DAMAGED(Level.DANGER),
    /** No good backup at all. */
    NO_BACKUP(Level.DANGER),
    /** No backup can be made at present; the status says why. */
    OBSTACLE(Level.DANGER);

    /** How loudly it is said. */
    public enum Level {
        /** Green. */
        SAFE,
        /** Yellow. */
        OVERDUE,
        /** Red. */
        DANGER
    }

    private final Level level;

    Safety(Level level) {
        this.level = level;
    }

    /**
     * Says how loudly it is said.
     *
     * @return its level
     */
    public Level level() {
        return level;
    }
}
