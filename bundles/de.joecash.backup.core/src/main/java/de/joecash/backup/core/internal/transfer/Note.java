package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import java.util.Arrays;
import java.util.List;

/**
 * The note of delivery: which files at a place hold a backup's archives. It says where to look; what is found there is
 * proven by the manifest alone.
 *
 * @param backup whose
 * @param archives one for each archive, that of the database first
 */
record Note(BackupId backup, List<NotedArchive> archives) {
    private static final String NAME = ".parts.json";

    /**
     * Checks that they are this backup's.
     *
     * @throws IllegalArgumentException if they are not
     */
    Note {
        archives = List.copyOf(archives);
        List<BackupArchive.Kind> kinds =
                archives.stream().map(NotedArchive::kind).toList();
        boolean ours = archives.stream()
                .allMatch(archive -> archive.file().parsed().backup().equals(backup));
        if (!ours
                || kinds.isEmpty()
                || kinds.size() > BackupArchive.Kind.values().length
                || !Arrays.asList(BackupArchive.Kind.values())
                        .subList(0, kinds.size())
                        .equals(kinds)) {
            throw new IllegalArgumentException("It notes another backup's archives");
        }
    }

    /** Names the note of a backup. */
    static String name(BackupId backup) {
        return backup.value() + NAME;
    }

    /** Every file that is needed. */
    List<StoredPart> all() {
        return archives.stream().flatMap(archive -> archive.all().stream()).toList();
    }

    /** The file with the database. */
    String database() {
        return archives.get(0).file().name();
    }

    /** Length of what was stored for this backup, in bytes. */
    long ownBytes() {
        return archives.stream().mapToLong(archive -> archive.file().bytes()).sum();
    }
}
