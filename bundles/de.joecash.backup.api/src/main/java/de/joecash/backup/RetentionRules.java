package de.joecash.backup;

/**
 * How many backups are kept in the backup folder.
 *
 * @param keep the newest good manual and automatic ones, at least 1
 * @param keepSafety the newest good safety ones, at least 1
 */
public record RetentionRules(int keep, int keepSafety) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public RetentionRules {
        if (keep < 1 || keepSafety < 1) {
            throw new IllegalArgumentException("keep and keepSafety are 1 or more");
        }
    }
}
