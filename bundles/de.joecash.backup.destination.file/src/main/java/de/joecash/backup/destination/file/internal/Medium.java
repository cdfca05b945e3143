package de.joecash.backup.destination.file.internal;

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
        return mount.filter(on -> on.type().equals("vfat") || on.type().equals("msdos"))
                        .isPresent()
                ? FAT32_LIMIT
                : Long.MAX_VALUE;
    }
}
