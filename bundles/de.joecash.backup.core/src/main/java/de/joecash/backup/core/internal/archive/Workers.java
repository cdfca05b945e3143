package de.joecash.backup.core.internal.archive;

import java.util.concurrent.Executor;

/**
 * The threads that deflate, inflate and digest. None of them is ever in the host's database.
 *
 * @param executor runs them; a task it refuses ends the work with an exception
 * @param count how many run at the same time, 1 or more
 */
public record Workers(Executor executor, int count) {
    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Workers {
        if (count < 1) {
            throw new IllegalArgumentException("No worker");
        }
    }

    /** Members that may be on their way at the same time: one in each worker, and a few to come and to go. */
    int underWay() {
        return count + 4;
    }
}
