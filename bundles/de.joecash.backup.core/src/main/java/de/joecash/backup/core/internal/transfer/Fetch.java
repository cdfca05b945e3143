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
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.core.internal.run.ActiveRun;
import de.joecash.backup.core.internal.run.Verification;
import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Secret;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists and fetches what is at a place. What comes from there is hostile until it is verified. */
public final class Fetch {
    /** How many backups of a place are listed. */
    private static final int MOST = 100;

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
    public List<RemoteBackup> list(Place place, Cancellation cancellation) throws BackupException {
        List<RemoteBackup> found = new ArrayList<>();
        try (Destination destination = connect(place, cancellation)) {
            RemoteFiles there = new RemoteFiles(destination);
            for (BackupId id : there.newest(MOST)) {
                look(there, id).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Looks at one; empty where it went meanwhile, as by retention. */
    private Optional<RemoteBackup> look(RemoteFiles there, BackupId id) throws BackupException {
        Optional<Manifest> manifest = Optional.empty();
        try {
            WrittenManifest theirs = there.manifest(id);
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
     * @param all whether kept files too; else the database alone, and the backup is there as one whose files are lost
     */
    public Outcome.Succeeded perform(Place place, BackupId id, Optional<Secret> key, boolean all, ActiveRun run)
            throws BackupException, IOException {
        Optional<Backup> ours = catalogue.find(id).filter(backup -> backup.good() || (!all && filesLost(backup)));
        if (ours.isPresent()) {
            return new Outcome.Succeeded(ours.get(), Set.of());
        }
        Optional<Opener> opener = opener(key);
        Set<String> damaged = new HashSet<>();
        run.at(Phase.CONNECTING, 0, 0);
        try (Destination destination = connect(place, run.cancellation())) {
            RemoteFiles there = new RemoteFiles(destination);
            WrittenManifest theirs = there.manifest(id);
            catalogue.requireOrigin(theirs);
            Note note = all
                    ? there.note(theirs.manifest())
                    : there.note(theirs.manifest()).ofDatabase();
            there.requireAll(note, damaged);
            if (opener.isEmpty()
                    && note.all().stream().anyMatch(part -> part.parsed().sealed())) {
                throw new BackupException(new Problem.KeyMissing(id.value()));
            }
            gather(theirs, note, new Gathering(folder, destination, opener, note.recipients(), run), damaged);
            if (!all) {
                verification.compareDatabasePart(theirs.indexed(), run);
                return new Outcome.Succeeded(
                        catalogue.takeDatabase(theirs), Set.of(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK));
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
            if (RemoteFiles.saysDamage(e.problem())) {
                ledgers.distrust(place, damaged, catalogue);
                catalogue.withdrawn(id, place);
            }
            throw e;
        } finally {
            folder.discard(id);
        }
    }

    /** Whether all that is wrong with a backup here is that its kept files are not. */
    private static boolean filesLost(Backup backup) {
        return backup.damage().filter(Problem.FilesDamaged.class::isInstance).isPresent();
    }

    private void gather(WrittenManifest theirs, Note note, Gathering gathering, Set<String> damaged)
            throws BackupException, IOException {
        List<BackupArchive> archives =
                BackupArchive.of(theirs.manifest()).subList(0, note.archives().size());
        folder.requireSpace(archives.stream()
                .mapToLong(archive -> archive.digest().archiveBytes())
                .sum());
        try {
            for (int i = 0; i < note.archives().size(); i++) {
                MemberIndex index =
                        theirs.indexed().index(archives.get(i).kind()).orElseThrow();
                gathering.gather(archives.get(i), note.archives().get(i), index);
            }
        } finally {
            damaged.addAll(gathering.damaged());
        }
    }

    private static Optional<Opener> opener(Optional<Secret> key) throws BackupException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<Opener> opener = Opener.of(key.get());
        if (opener.isEmpty()) {
            throw new BackupException(new Problem.KeyMistyped());
        }
        return opener;
    }

    private Destination connect(Place place, Cancellation cancellation) throws BackupException {
        return ports.requireDestination(place.destination())
                .connect(place.directory(), ports.offLimits(folder.path()), cancellation);
    }
}
