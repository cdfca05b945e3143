package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.RemotePath;
import de.joecash.backup.remote.Words;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A directory in the bucket, checked. Stores have no directories; it is what the keys begin with.
 *
 * @param text empty, or ends in a slash and does not begin with one
 */
record KeyPrefix(String text) {
    /** A key has 1024 bytes of UTF-8 at most; a name needs 120 of them. */
    private static final int LONGEST = 900;

    static KeyPrefix of(String directory) throws BackupException {
        if (directory.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new BackupException(new Problem.InvalidInput(Words.plain(directory)));
        }
        return new KeyPrefix(RemotePath.of(directory).segments().stream()
                .map(segment -> segment + "/")
                .collect(Collectors.joining()));
    }

    String key(String name) {
        return text + name;
    }
}
