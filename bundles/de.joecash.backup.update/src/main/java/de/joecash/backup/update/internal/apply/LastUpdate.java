package de.joecash.backup.update.internal.apply;

/**
 * What became of an update.
 *
 * @param set its name
 * @param version the set's
 * @param at when it ended, ISO 8601 with zone
 * @param result what became of it
 * @param why it was taken back, or {@code null}
 * @param left what could not be put back, or {@code null}
 */
public record LastUpdate(String set, String version, String at, Result result, Ill why, Ill left) {
    /** What became of it. */
    public enum Result {
        /** It runs. */
        INSTALLED,
        /** Everything that it has was there already. */
        NOTHING_TO_DO,
        /** What was there before runs again. */
        TAKEN_BACK,
        /** What was there before could not be put back whole. */
        NOT_TAKEN_BACK
    }
}
