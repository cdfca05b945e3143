package de.joecash.backup.core.internal.files;

import java.time.Instant;

/**
 * One thing in a kept folder, or the folder itself.
 *
 * @param kind what it is
 * @param name the folder's name, and the path below it, with slashes between; none at its end
 * @param bytes a file's length, else 0
 * @param executable whether a file's owner may execute it
 * @param modified when it was last changed, in whole seconds; {@link Instant#EPOCH} for a link
 * @param target where a link leads, else empty
 */
record Entry(Kind kind, String name, long bytes, boolean executable, Instant modified, String target) {
    enum Kind {
        DIRECTORY,
        FILE,
        LINK
    }

    static Entry directory(String name, Instant modified) {
        return new Entry(Kind.DIRECTORY, name, 0, false, modified, "");
    }

    static Entry link(String name, String target) {
        return new Entry(Kind.LINK, name, 0, false, Instant.EPOCH, target);
    }
}
