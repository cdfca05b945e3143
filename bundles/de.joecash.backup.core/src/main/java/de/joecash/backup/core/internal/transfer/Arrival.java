package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether a backup whose manifest is at a place already is there whole. */
final class Arrival {
    private final Destination destination;
    private final Storing storing;
    private final BackupFolder folder;

    Arrival(Destination destination, Storing storing, BackupFolder folder) {
        this.destination = destination;
        this.storing = storing;
        this.folder = folder;
    }

    /**
     * A backup that is there.
     *
     * @param sent what is there
     * @param full whether it needs nothing that was stored for others
     * @param note where what lies
     */
    record Whole(Sent sent, boolean full, Note note) {}

    /**
     * Looks. What this server knows the digest of is compared by it, the rest by its length.
     *
     * @param there the length of each file that is there, by its name
     * @return empty where it is not whole
     * @throws BackupException {@code NameTaken} where the manifest is not this backup's
     */
    Optional<Whole> whole(Shipment shipment, Ledger ledger, Map<String, Long> there)
            throws BackupException, IOException {
        Manifest manifest = shipment.manifest();
        String name = manifest.manifestName();
        if (!Storing.sha256(folder.manifestText(manifest)).equals(storing.digest(name))) {
            throw new BackupException(new Problem.NameTaken(shipment.place().destination(), name));
        }
        Optional<Note> note = there.containsKey(Note.name(manifest.id()))
                ? note(manifest)
                : Optional.of(new Note(
                        manifest.id(),
                        List.of(),
                        BackupArchive.of(manifest).stream()
                                .map(NotedArchive::whole)
                                .toList()));
        return note.isPresent() ? isWhole(note.get(), manifest, ledger, there) : Optional.empty();
    }

    private Optional<Whole> isWhole(Note note, Manifest manifest, Ledger ledger, Map<String, Long> there)
            throws BackupException, IOException {
        List<NotedArchive> archives = note.archives();
        List<BackupArchive> wanted = BackupArchive.of(manifest);
        if (archives.size() != wanted.size()) {
            return Optional.empty();
        }
        Copy.Proof proof = Copy.Proof.CONTENT_EQUAL;
        for (int i = 0; i < wanted.size(); i++) {
            NotedArchive archive = archives.get(i);
            boolean all = archive.all().stream().allMatch(part -> Plan.isThere(part, there));
            Optional<Copy.Proof> rests =
                    ledger.proof(archive.needs().stream().map(StoredPart::name).toList());
            if (!all
                    || (archive.form() != Form.FULL && ledger.suspect())
                    || rests.isEmpty()
                    || !isKnown(archive, manifest, ledger)) {
                return Optional.empty();
            }
            proof = rests.get().compareTo(proof) < 0 ? rests.get() : proof;
            Optional<String> known = known(archive.file(), wanted.get(i), ledger);
            if (known.isEmpty()) {
                proof = Copy.Proof.LENGTH_EQUAL;
            } else if (!known.get().equals(storing.digest(archive.file().name()))) {
                return Optional.empty();
            }
        }
        long bytes =
                archives.stream().mapToLong(archive -> archive.file().bytes()).sum();
        boolean full = archives.stream().allMatch(archive -> archive.form() == Form.FULL);
        return Optional.of(new Whole(new Sent(archives.get(0).file().name(), bytes, proof), full, note));
    }

    /** The note is the place's word: that a pack rests on these files and no others, only the ledger can say. */
    private static boolean isKnown(NotedArchive archive, Manifest manifest, Ledger ledger) {
        List<StoredPart> stored = ledger.files().stream().map(LedgerFile::part).toList();
        return archive.form() == Form.FULL
                || (stored.containsAll(archive.all())
                        && ledger.deliveries().stream()
                                .filter(one -> one.backup().equals(manifest.id()))
                                .anyMatch(one -> archive.all().stream()
                                        .map(StoredPart::name)
                                        .collect(Collectors.toSet())
                                        .equals(usesOf(one, archive))));
    }

    private static Set<String> usesOf(Delivered delivered, NotedArchive archive) {
        BackupArchive.Kind kind = archive.file().parsed().kind();
        return delivered.uses().stream()
                .filter(name ->
                        PartName.parse(name).filter(part -> part.kind() == kind).isPresent())
                .collect(Collectors.toSet());
    }

    private static Optional<String> known(StoredPart part, BackupArchive archive, Ledger ledger) {
        if (part.name().equals(archive.name())) {
            return Optional.of(archive.digest().archiveSha256());
        }
        return ledger.files().stream()
                .map(LedgerFile::part)
                .filter(ours -> ours.name().equals(part.name()))
                .map(StoredPart::sha256)
                .findFirst();
    }

    /** Reads the note; one that is not ours any more is none. */
    private Optional<Note> note(Manifest manifest) throws BackupException, IOException {
        try (InputStream in = destination.open(Note.name(manifest.id()))) {
            return Optional.of(NoteFormat.read(manifest.id(), in.readNBytes(NoteFormat.MAX_BYTES + 1)));
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ManifestUnreadable) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
