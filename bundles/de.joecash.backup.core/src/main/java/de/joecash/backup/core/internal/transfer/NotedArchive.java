package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.catalogue.BackupArchive;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the members of one archive lie at a place.
 *
 * @param file what was stored for this backup
 * @param needs the files stored before that hold its other members, or what its deltas rest on, in the order in which
 *     they were stored, none of them named twice; none where it is full
 */
record NotedArchive(StoredPart file, List<StoredPart> needs) {
    /** More files than a month of many backups a day needs. */
    static final int MOST_NEEDS = 2_000;

    /**
     * Checks that they fit together.
     *
     * @throws IllegalArgumentException if they do not
     */
    NotedArchive {
        needs = List.copyOf(needs);
        if (needs.size() > MOST_NEEDS || (form(file) == Form.FULL && !needs.isEmpty())) {
            throw new IllegalArgumentException("It needs " + needs.size() + " other files");
        }
        Set<String> names = new HashSet<>(Set.of(file.name()));
        for (StoredPart need : needs) {
            if (need.parsed().kind() != file.parsed().kind() || !names.add(need.name())) {
                throw new IllegalArgumentException("It does not need " + need.name());
            }
        }
    }

    /** That of an archive that lies there as it lies in the backup folder. */
    static NotedArchive whole(BackupArchive archive) {
        return new NotedArchive(
                new StoredPart(
                        archive.name(),
                        archive.digest().archiveBytes(),
                        archive.digest().archiveSha256()),
                List.of());
    }

    private static Form form(StoredPart file) {
        return file.parsed().form();
    }

    /** Whose members they are. */
    BackupArchive.Kind kind() {
        return file.parsed().kind();
    }

    /** How what was stored for this backup holds them. */
    Form form() {
        return form(file);
    }

    /** Every file that is needed to make the archive again, this backup's own first. */
    List<StoredPart> all() {
        return Stream.concat(Stream.of(file), needs.stream()).toList();
    }
}
