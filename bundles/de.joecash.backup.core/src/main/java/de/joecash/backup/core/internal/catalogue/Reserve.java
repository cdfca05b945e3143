package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stays free on a disk: a number of bytes or a share of the disk, whichever is less.
 *
 * @param bytes the number, 0 or more
 * @param percent the share, 0 to 50
 */
public record Reserve(long bytes, int percent) {
    /** Checks the ranges. */
    public Reserve {
        if (bytes < 0 || percent < 0 || percent > 50) {
            throw new IllegalArgumentException("The reserve is 0 bytes or more and 0 to 50 percent");
        }
    }

    /**
     * Refuses where the disk would fall below the reserve.
     *
     * @param directory on the disk
     * @param more bytes that are about to be written
     */
    public void require(Path directory, long more) throws BackupException, IOException {
        FileStore disk = Files.getFileStore(directory);
        long kept = Math.min(bytes, disk.getTotalSpace() / 100 * percent);
        long free = disk.getUsableSpace();
        if (free - kept < more) {
            throw new BackupException(new Problem.NoSpace(directory.toString(), more + kept, free));
        }
    }
}
