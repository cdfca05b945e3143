package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory in the bucket, checked: no way up, and nothing that another system takes for a separator. Stores have no
 * directories; it is what the keys begin with.
 *
 * @param text empty, or ends in a slash and does not begin with one
 */
record KeyPrefix(String text) {
    /** A key has 1024 bytes of UTF-8 at most; a name needs 120 of them. */
    private static final int LONGEST = 900;

    static KeyPrefix of(String directory) throws BackupException {
        List<String> segments = Stream.of(directory.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (directory.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || directory.indexOf('\\') >= 0
                || directory.chars().anyMatch(Character::isISOControl)
                || segments.contains("..")) {
            throw new BackupException(new Problem.InvalidInput(Words.plain(directory)));
        }
        return new KeyPrefix(segments.stream().map(segment -> segment + "/").collect(Collectors.joining()));
    }

    String key(String name) {
        return text + name;
    }
}
