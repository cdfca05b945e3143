package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * How much of a medium backups may take, so that its owner has room for other things.
 *
 * @param percent of its whole room; 100 for all that is free
 */
record Share(int percent) {
    /** Nothing is kept for others. */
    static final Share ALL = new Share(100);

    /** Checks the range. */
    Share {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("sharePercent is from 1 to 100");
        }
    }

    /**
     * Refuses what would take more, whosever the backups are that are there.
     *
     * @param needed bytes of what is about to be written
     * @throws BackupException {@code NoSpace}
     */
    void require(Medium medium, long needed) throws BackupException {
        if (percent == 100 || !medium.tellsSize()) {
            return;
        }
        try {
            if (free(medium) < needed) {
                new LeftOvers(medium).remove();
            }
            long free = free(medium);
            if (free < needed) {
                // Whoever makes room has to know how much of it: also what is taken beyond the share.
                long over = Math.max(0, -free);
                throw new BackupException(new Problem.NoSpace(medium.configured(), needed + over, Math.max(0, free)));
            }
        } catch (DirectoryIteratorException e) {
            throw MediumCheck.failed(medium.configured(), e.getCause());
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    private long free(Medium medium) throws IOException {
        return medium.folder().toFile().getTotalSpace() / 100 * percent - taken(medium);
    }

    private static long taken(Medium medium) throws IOException {
        long taken = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(medium.folder())) {
            for (Path entry : entries) {
                if (ofABackup(entry.getFileName().toString())
                        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    taken += Files.size(entry);
                }
            }
        }
        return taken;
    }

    /** Whether a file's name begins with a backup's. */
    private static boolean ofABackup(String name) {
        try {
            new BackupId(name.substring(0, Math.max(0, name.indexOf('.'))));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
