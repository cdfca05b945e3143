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
 * @param recipients who can open all that is sealed of it; none where nothing is, or where that is not said
 * @param archives one for each archive, that of the database first
 */
record Note(BackupId backup, List<String> recipients, List<NotedArchive> archives) {
    /** More than a sealed file has. */
    private static final int MOST_RECIPIENTS = 100;

    private static final String RECIPIENT = "age1[a-z0-9]{1,200}";

    private static final String NAME = ".parts.json";

    /**
     * Checks that they are this backup's.
     *
     * @throws IllegalArgumentException if they are not
     */
    Note {
        archives = List.copyOf(archives);
        recipients = List.copyOf(recipients);
        if (recipients.size() > MOST_RECIPIENTS || !recipients.stream().allMatch(one -> one.matches(RECIPIENT))) {
            throw new IllegalArgumentException("Not recipients");
        }
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

    /** The same for the archive of the database alone. */
    Note ofDatabase() {
        return new Note(backup, recipients, archives.subList(0, 1));
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
