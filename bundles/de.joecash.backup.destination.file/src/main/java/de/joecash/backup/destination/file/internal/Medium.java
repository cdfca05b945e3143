package de.joecash.backup.destination.file.internal;

import de.joecash.backup.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that was accepted, and what it was then.
 *
 * @param configured the path at 01.2, for words
 * @param folder the same without links
 * @param key what tells it from another folder at the same path, where the system has that
 * @param mount what it lies on, where the system tells
 * @param offServer whether it lies on something else than the server's own disk
 */
record Medium(String configured, Path folder, Optional<Object> key, Optional<Mounts.Mount> mount, boolean offServer) {
    private static final long FAT32_LIMIT = (1L << 32) - 1;

    /** The longest file: FAT32 counts a file's bytes in 32 bits (Microsoft's FAT specification, 3.2 and 6). */
    long maxFileBytes() {
        return fat() ? FAT32_LIMIT : Long.MAX_VALUE;
    }

    /** Bytes that can be written. */
    long free() {
        return folder.toFile().getUsableSpace();
    }

    /** Whether the file system tells how much it holds; of some, such as those of the system's own state, it is 0. */
    boolean tellsSize() {
        return folder.toFile().getTotalSpace() > 0;
    }

    /** What to say where so many bytes do not fit. */
    Problem noSpace(long needed) {
        return tellsSize() && folder.toFile().getTotalSpace() < needed
                ? new Problem.MediumRefused(configured, Problem.MediumRefused.Reason.TOO_SMALL)
                : new Problem.NoSpace(configured, needed, free());
    }

    boolean fat() {
        return mount.filter(on -> on.type().equals("vfat") || on.type().equals("msdos"))
                .isPresent();
    }
}
