package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.ManifestFormat;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Manifests and notes of delivery at an open destination, as they are found there: hostile until read. */
final class RemoteFiles {
    private static final String MANIFEST = ".json";

    private final Destination destination;

    RemoteFiles(Destination destination) {
        this.destination = destination;
    }

    /** Names the newest backups that have a manifest there, newest first. */
    List<BackupId> newest(int most) throws BackupException {
        return destination.list().stream()
                .flatMap(file -> id(file.name()).stream())
                .sorted(Comparator.reverseOrder())
                .limit(most)
                .toList();
    }

    /** Reads the note of delivery; without one the archives lie there whole and in the clear. */
    Note note(Manifest manifest) throws BackupException, IOException {
        List<BackupArchive> archives = BackupArchive.of(manifest);
        String name = Note.name(manifest.id());
        if (destination.stat(name).isEmpty()) {
            return new Note(
                    manifest.id(),
                    List.of(),
                    archives.stream().map(NotedArchive::whole).toList());
        }
        try (InputStream in = destination.open(name)) {
            Note note = NoteFormat.read(manifest.id(), in.readNBytes(NoteFormat.MAX_BYTES + 1));
            if (note.archives().size() != archives.size()) {
                throw new BackupException(new Problem.ManifestUnreadable(name, "it notes other archives"));
            }
            return note;
        }
    }

    /** Lists every file that is there, with its length. */
    Map<String, Long> lengths() throws BackupException {
        return destination.list().stream()
                .collect(Collectors.toMap(Destination.StoredFile::name, Destination.StoredFile::bytes, (a, b) -> a));
    }

    /**
     * Refuses before anything is fetched where not all is there, or not as long as it was.
     *
     * @param damaged takes the names of what is not
     * @throws BackupException {@code PartsMissing}, {@code ArchiveDamaged}; {@code FilesDamaged} where the database is
     *     there whole
     */
    void requireAll(Note note, Set<String> damaged) throws BackupException {
        Map<String, Long> there = lengths();
        List<StoredPart> wrong =
                note.all().stream().filter(part -> !Plan.isThere(part, there)).toList();
        if (wrong.isEmpty()) {
            return;
        }
        wrong.forEach(part -> damaged.add(part.name()));
        String backup = note.backup().value();
        List<String> missing = wrong.stream()
                .map(StoredPart::name)
                .filter(name -> !there.containsKey(name))
                .toList();
        String first = wrong.get(0).name();
        String detail = missing.isEmpty()
                ? first + " is " + there.get(first) + " bytes long instead of "
                        + wrong.get(0).bytes()
                : String.join(", ", missing) + " missing";
        if (wrong.stream().allMatch(part -> part.parsed().kind() == BackupArchive.Kind.FILES)) {
            throw new BackupException(new Problem.FilesDamaged(backup, detail));
        }
        throw new BackupException(
                missing.isEmpty()
                        ? new Problem.ArchiveDamaged(backup, detail)
                        : new Problem.PartsMissing(backup, missing));
    }

    /** Whether a problem says that what is there is not what was put there. */
    static boolean saysDamage(Problem problem) {
        return problem instanceof Problem.ArchiveDamaged
                || problem instanceof Problem.FilesDamaged
                || problem instanceof Problem.PartsMissing;
    }

    /** Reads a manifest; whose it is, is not judged. */
    WrittenManifest manifest(BackupId id) throws BackupException {
        String name = id.value() + MANIFEST;
        try (InputStream in = destination.open(name)) {
            byte[] text = in.readNBytes(ManifestFormat.MAX_BYTES + 1);
            if (text.length > ManifestFormat.MAX_BYTES) {
                throw new BackupException(new Problem.ManifestUnreadable(name, "too long"));
            }
            return WrittenManifest.read(name, text);
        } catch (IOException e) {
            throw e.getCause() instanceof BackupException carried
                    ? carried
                    : new BackupException(new Problem.ManifestUnreadable(name, BackupFolder.words(e)), e);
        }
    }

    private static Optional<BackupId> id(String name) {
        try {
            return name.endsWith(MANIFEST)
                    ? Optional.of(new BackupId(name.substring(0, name.length() - MANIFEST.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
