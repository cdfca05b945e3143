package de.joecash.backup;

import java.util.Objects;

/**
 * That the live database may have been lost after a backup.
 *
 * @param seenBy the backup that held so much less, or the one that was restored and does
 * @param rowsLeft how many rows it held, 0 and up
 */
public record Loss(BackupId seenBy, long rowsLeft) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are fewer rows than none
     */
    public Loss {
        Objects.requireNonNull(seenBy, "seenBy");
        if (rowsLeft < 0) {
            throw new IllegalArgumentException("rowsLeft " + rowsLeft);
        }
    }
}
