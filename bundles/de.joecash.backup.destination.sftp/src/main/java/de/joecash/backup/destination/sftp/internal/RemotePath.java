package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory on the server, checked: no way up, nothing that another system takes for a separator, no control
 * character.
 *
 * @param absolute whether it begins at the server's root instead of the user's
 * @param segments the names on the way, none for where it begins
 */
record RemotePath(boolean absolute, List<String> segments) {
    private static final int LONGEST = 1000;

    static RemotePath of(String directory) throws BackupException {
        List<String> segments = Stream.of(directory.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (directory.length() > LONGEST
                || directory.indexOf('\\') >= 0
                || directory.chars().anyMatch(Character::isISOControl)
                || segments.contains("..")) {
            throw new BackupException(new Problem.InvalidInput(Words.plain(directory)));
        }
        return new RemotePath(directory.startsWith("/"), segments);
    }
}
