package de.joecash.backup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a backup: {@code <till>-<local date>T<time>-<sequence>}, e.g. {@code kasse1-2026-11-22T070000-000042}.
 *
 * <p>The value is the file name without ending, so it holds no character that FAT32, a URL or a shell minds, and no
 * part of a path. Ordered by sequence.
 *
 * @param value the name
 */
public record BackupId(String value) implements Comparable<BackupId> {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}-\\d{4}-\\d{2}-\\d{2}T\\d{6}-(\\d{6,12})");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if {@code value} does not have it
     */
    public BackupId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not the name of a backup");
        }
    }

    /**
     * Gives the running number of this backup on its till.
     *
     * @return 1 and up, without gaps in order of creation
     */
    public long sequence() {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException(value);
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public int compareTo(BackupId other) {
        int bySequence = Long.compare(sequence(), other.sequence());
        return bySequence != 0 ? bySequence : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
