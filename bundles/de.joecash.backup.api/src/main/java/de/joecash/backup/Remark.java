package de.joecash.backup;

/**
 * What a person said about a backup.
 *
 * @param kept whether it is kept for ever: retention removes it neither here nor at a data centre
 * @param note for people to read, at most {@value #LONGEST} characters on one line; empty for none
 */
public record Remark(boolean kept, String note) {
    /** How long a note may be. */
    public static final int LONGEST = 200;

    /** Nothing was said. */
    public static final Remark NONE = new Remark(false, "");

    /**
     * Checks the note, and takes blanks at its ends away.
     *
     * @throws IllegalArgumentException if it is too long, or holds control characters
     */
    public Remark {
        note = note.strip();
        if (note.length() > LONGEST || note.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a note");
        }
    }
}
