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
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.ManifestFormat;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.GuardedFile;
import de.joecash.backup.core.internal.run.Verification;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists and fetches what is at a place. What comes from there is hostile until it is verified. */
public final class Fetch {
    /** How many backups of a place are listed. */
    private static final int MOST = 100;

    private static final String MANIFEST = ".json";

    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Ports ports;
    private final Verification verification;
    private final Clock clock;

    /** Fetches into one catalogue. */
    public Fetch(Catalogue catalogue, BackupFolder folder, Ports ports, Verification verification, Clock clock) {
        this.verification = verification;
        this.catalogue = catalogue;
        this.folder = folder;
        this.ports = ports;
        this.clock = clock;
    }

    /** Lists the newest backups at a place; what is no manifest, or not signed, is left out. */
    public List<Manifest> list(Place place) throws BackupException {
        List<Manifest> found = new ArrayList<>();
        try (Destination destination = connect(place, new Cancellation())) {
            List<BackupId> ids = destination.list().stream()
                    .flatMap(file -> id(file.name()).stream())
                    .sorted(Comparator.reverseOrder())
                    .limit(MOST)
                    .toList();
            for (BackupId id : ids) {
                try {
                    WrittenManifest theirs = manifest(destination, id);
                    if (theirs.signer().isPresent()) {
                        found.add(theirs.manifest());
                    }
                } catch (BackupException e) {
                    if (!(e.problem() instanceof Problem.ManifestUnreadable)
                            && !(e.problem() instanceof Problem.SignatureWrong)) {
                        throw e;
                    }
                }
            }
        }
        return found;
    }

    /** Fetches a backup, verifies it, and takes it into the catalogue. */
    public Outcome.Succeeded perform(Place place, BackupId id, ActiveRun run) throws BackupException, IOException {
        Optional<Backup> ours = catalogue.find(id).filter(Backup::good);
        if (ours.isPresent()) {
            return new Outcome.Succeeded(ours.get(), Set.of());
        }
        run.at(Phase.CONNECTING, 0, 0);
        try (Destination destination = connect(place, run.cancellation())) {
            WrittenManifest theirs = manifest(destination, id);
            catalogue.requireOrigin(theirs);
            Manifest manifest = theirs.manifest();
            folder.requireSpace(manifest.storedBytes());
            for (BackupArchive archive : BackupArchive.of(manifest)) {
                download(destination, archive, run);
            }
            verification.compareParts(theirs.indexed(), run);
            catalogue.take(theirs);
            Copy copy = new Copy(
                    place,
                    manifest.archiveName(),
                    clock.instant(),
                    manifest.storedBytes(),
                    destination.capabilities().offServer(),
                    Copy.Proof.CONTENT_EQUAL);
            return new Outcome.Succeeded(
                    catalogue.copied(id, copy), Set.of(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK));
        } finally {
            folder.discard(id);
        }
    }

    private void download(Destination destination, BackupArchive archive, ActiveRun run)
            throws BackupException, IOException {
        long expected = archive.digest().archiveBytes();
        try (InputStream theirs = destination.open(archive.name());
                GuardedFile file = new GuardedFile(folder.archivePart(archive.backup(), archive.kind()), folder, run)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int count = theirs.read(buffer); count >= 0; count = theirs.read(buffer)) {
                bytes += count;
                if (bytes > expected) {
                    throw new BackupException(
                            new Problem.ArchiveDamaged(archive.backup().value(), "longer than its manifest says"));
                }
                file.write(buffer, 0, count);
                run.at(Phase.FETCHING, bytes, expected);
            }
            file.sync();
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
