package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.ManifestFormat;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.Verification;
import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists and fetches what is at a place. What comes from there is hostile until it is verified. */
public final class Fetch {
    /** How many backups of a place are listed. */
    private static final int MOST = 100;

    private static final String MANIFEST = ".json";

    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Ports ports;
    private final Ledgers ledgers;
    private final Verification verification;
    private final Clock clock;

    /**
     * Fetches into one catalogue.
     *
     * @param ledgers are told of what was found to be damaged at a place
     */
    public Fetch(
            Catalogue catalogue,
            BackupFolder folder,
            Ports ports,
            Ledgers ledgers,
            Verification verification,
            Clock clock) {
        this.verification = verification;
        this.catalogue = catalogue;
        this.folder = folder;
        this.ports = ports;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** Lists the newest backups at a place, also those that are not to be used, and why. */
    public List<RemoteBackup> list(Place place) throws BackupException {
        List<RemoteBackup> found = new ArrayList<>();
        try (Destination destination = connect(place, new Cancellation())) {
            List<BackupId> ids = destination.list().stream()
                    .flatMap(file -> id(file.name()).stream())
                    .sorted(Comparator.reverseOrder())
                    .limit(MOST)
                    .toList();
            for (BackupId id : ids) {
                look(destination, id).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Looks at one; empty where it went meanwhile, as by retention. */
    private Optional<RemoteBackup> look(Destination destination, BackupId id) throws BackupException {
        Optional<Manifest> manifest = Optional.empty();
        try {
            WrittenManifest theirs = manifest(destination, id);
            manifest = Optional.of(theirs.manifest());
            catalogue.requireOrigin(theirs);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.UnknownBackup) {
                return Optional.empty();
            }
            if (!isOfThis(e.problem())) {
                throw e;
            }
            return Optional.of(new RemoteBackup(id, manifest, Optional.of(e.problem())));
        }
        return manifest.map(RemoteBackup::of);
    }

    /** Whether something is wrong with this one only: one file that cannot be read must not hide the others. */
    private static boolean isOfThis(Problem problem) {
        return problem instanceof Problem.ManifestUnreadable
                || problem instanceof Problem.SignatureWrong
                || problem instanceof Problem.SignerUnknown
                || problem instanceof Problem.ServerRefused
                || problem instanceof Problem.MediumFailed;
    }

    /**
     * Fetches a backup, verifies it, and takes it into the catalogue.
     *
     * @param key opens what is sealed
     */
    public Outcome.Succeeded perform(Place place, BackupId id, Optional<Secret> key, ActiveRun run)
            throws BackupException, IOException {
        Optional<Backup> ours = catalogue.find(id).filter(Backup::good);
        if (ours.isPresent()) {
            return new Outcome.Succeeded(ours.get(), Set.of());
        }
        Optional<Opener> opener = opener(id, key);
        run.at(Phase.CONNECTING, 0, 0);
        try (Destination destination = connect(place, run.cancellation())) {
            WrittenManifest theirs = manifest(destination, id);
            catalogue.requireOrigin(theirs);
            Note note = note(destination, theirs.manifest());
            requireAll(destination, note);
            if (opener.isEmpty()
                    && note.all().stream().anyMatch(part -> part.parsed().sealed())) {
                throw new BackupException(new Problem.KeyMissing(id.value()));
            }
            folder.requireSpace(theirs.manifest().storedBytes());
            Gathering gathering = new Gathering(folder, destination, opener, run);
            List<BackupArchive> archives = BackupArchive.of(theirs.manifest());
            for (int i = 0; i < archives.size(); i++) {
                MemberIndex index =
                        theirs.indexed().index(archives.get(i).kind()).orElseThrow();
                gathering.gather(archives.get(i), note.archives().get(i), index);
            }
            verification.compareParts(theirs.indexed(), run);
            catalogue.take(theirs);
            Copy copy = new Copy(
                    place,
                    note.database(),
                    clock.instant(),
                    note.ownBytes(),
                    destination.capabilities().offServer(),
                    Copy.Proof.CONTENT_EQUAL);
            return new Outcome.Succeeded(
                    catalogue.copied(id, copy), Set.of(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK));
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ArchiveDamaged || e.problem() instanceof Problem.PartsMissing) {
                ledgers.distrust(place);
                catalogue.withdrawn(id, place);
            }
            throw e;
        } finally {
            folder.discard(id);
        }
    }

    private static Optional<Opener> opener(BackupId id, Optional<Secret> key) throws BackupException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<Opener> opener = Opener.of(key.get());
        if (opener.isEmpty()) {
            throw new BackupException(new Problem.KeyRefused(id.value()));
        }
        return opener;
    }

    /** Reads the note of delivery; without one the archives lie there whole and in the clear. */
    private static Note note(Destination destination, Manifest manifest) throws BackupException, IOException {
        List<BackupArchive> archives = BackupArchive.of(manifest);
        String name = Note.name(manifest.id());
        if (destination.stat(name).isEmpty()) {
            return new Note(
                    manifest.id(), archives.stream().map(NotedArchive::whole).toList());
        }
        try (InputStream in = destination.open(name)) {
            Note note = NoteFormat.read(manifest.id(), in.readNBytes(NoteFormat.MAX_BYTES + 1));
            if (note.archives().size() != archives.size()) {
                throw new BackupException(new Problem.ManifestUnreadable(name, "it notes other archives"));
            }
            return note;
        }
    }

    /** Refuses before anything is fetched where not all is there, or not as long as it was. */
    private static void requireAll(Destination destination, Note note) throws BackupException {
        Map<String, Long> there = destination.list().stream()
                .collect(Collectors.toMap(Destination.StoredFile::name, Destination.StoredFile::bytes, (a, b) -> a));
        List<String> missing = note.all().stream()
                .map(StoredPart::name)
                .filter(name -> !there.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new BackupException(new Problem.PartsMissing(note.backup().value(), missing));
        }
        for (StoredPart part : note.all()) {
            if (!Plan.isThere(part, there)) {
                throw new BackupException(new Problem.ArchiveDamaged(
                        note.backup().value(),
                        part.name() + " is " + there.get(part.name()) + " bytes long instead of " + part.bytes()));
            }
        }
    }

    private static WrittenManifest manifest(Destination destination, BackupId id) throws BackupException {
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

    private Destination connect(Place place, Cancellation cancellation) throws BackupException {
        return ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(folder.path()), cancellation);
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
