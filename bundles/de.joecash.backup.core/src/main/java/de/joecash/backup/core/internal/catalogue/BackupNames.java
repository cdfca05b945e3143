package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** How the files in a backup folder are named. */
final class BackupNames {
    /** The end of a manifest's name. */
    static final String MANIFEST = ".json";

    /** The end of the name of what changed about a backup. */
    static final String STATE = ".state.json";

    /** The end of the name of what is being written. */
    static final String PART = ".part";

    private BackupNames() {}

    /** Whether a file is named as ours are; anything else in the folder is somebody else's. */
    static boolean ours(String name) {
        return Stream.concat(
                        Stream.of(STATE, MANIFEST),
                        Arrays.stream(BackupArchive.Kind.values()).map(BackupArchive.Kind::ending))
                .filter(name::endsWith)
                .findFirst()
                .flatMap(ending -> id(name.substring(0, name.length() - ending.length())))
                .isPresent();
    }

    private static Optional<BackupId> id(String name) {
        try {
            return Optional.of(new BackupId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
