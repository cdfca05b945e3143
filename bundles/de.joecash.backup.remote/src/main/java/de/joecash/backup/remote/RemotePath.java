package de.joecash.backup.remote;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory on the server, checked: no way up, nothing that another system takes for a separator, no character that
 * would end a command, none that UTF-8 does not have, and no name that is longer than file systems take.
 *
 * @param absolute whether it begins at the server's root instead of the user's
 * @param segments the names on the way, none for where it begins
 */
public record RemotePath(boolean absolute, List<String> segments) {
    private static final int LONGEST = 1000;
    private static final int LONGEST_SEGMENT = 255;

    /** Keeps a copy of the list. */
    public RemotePath {
        segments = List.copyOf(segments);
    }

    /**
     * Takes a directory apart.
     *
     * @param directory as it is configured, with slashes
     * @return its parts
     * @throws BackupException {@code InvalidInput} if it is not to be used
     */
    public static RemotePath of(String directory) throws BackupException {
        List<String> segments = Stream.of(directory.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (directory.length() > LONGEST
                || directory.indexOf('\\') >= 0
                || directory.codePoints().anyMatch(RemotePath::hostile)
                || segments.contains("..")
                || segments.stream().anyMatch(RemotePath::isTooLong)) {
            throw new BackupException(new Problem.InvalidInput(Words.plain(directory)));
        }
        return new RemotePath(directory.startsWith("/"), segments);
    }

    private static boolean hostile(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isTooLong(String segment) {
        return segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT;
    }
}
