package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.seal.Fingerprint;
import de.joecash.backup.core.internal.seal.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every backup that has a manifest. Read from the folder when opened; each change goes to the folder first. A backup
 * whose archive is gone or has another length is shown as damaged, without asking for a verification first.
 * Thread-safe.
 */
public final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private final BackupFolder folder;
    private final Keyring keys;
    private final ConcurrentSkipListMap<BackupId, Backup> backups =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    /** Signed by another key than this till's. */
    private final Set<BackupId> fromElsewhere = ConcurrentHashMap.newKeySet();

    /** Of the live database. */
    private volatile Ancestry ancestry = Ancestry.NONE;

    private Catalogue(BackupFolder folder, Keyring keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /**
     * Reads the folder.
     *
     * @param keys signs what is made here, and says whose signatures are trusted
     * @throws BackupException if it cannot be read
     */
    public static Catalogue open(BackupFolder folder, Keyring keys) throws BackupException {
        Catalogue catalogue = new Catalogue(folder, keys);
        try {
            folder.manifests(written -> {
                Manifest manifest = written.manifest();
                catalogue.note(written);
                catalogue.backups.put(
                        manifest.id(), folder.readState(manifest).orElseGet(() -> fresh(manifest, Remark.NONE)));
            });
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        catalogue.openAncestry();
        return catalogue;
    }

    /** What is broken is written anew, so that what is made from now on goes on counting. */
    private void openAncestry() {
        Ancestry unknown = Ancestry.unknown(backups.keySet().stream().findFirst());
        try {
            ancestry = Ancestry.open(folder.path());
        } catch (IllegalArgumentException e) {
            LOG.warn("What was restored before is broken, so that no backup of before counts");
            remember(unknown);
        } catch (IOException e) {
            LOG.warn(
                    "What was restored before cannot be read, so that no backup of before counts: {}",
                    BackupFolder.words(e));
            ancestry = unknown;
        }
    }

    /** Lists them, newest first. */
    public List<Backup> list() {
        return backups.values().stream().map(this::asItIs).toList();
    }

    /** Finds one. */
    public Optional<Backup> find(BackupId id) {
        return Optional.ofNullable(backups.get(id)).map(this::asItIs);
    }

    /**
     * Finds one that must be there.
     *
     * @throws BackupException {@code UnknownBackup} if it is not, {@code ManifestUnreadable} or {@code SignatureWrong}
     *     if only its manifest is not to be used
     */
    public Backup require(BackupId id) throws BackupException {
        return find(id).orElseThrow(() -> folder.missing(id));
    }

    /** Finds the newest good one of a kind that was made here and is of the live database. */
    public Optional<Backup> newestGood(BackupKind kind) {
        return newest(
                backup -> backup.manifest().kind() == kind && !isFromElsewhere(backup.id()) && isLive(backup.id()));
    }

    /** Finds the newest good one that fits. */
    public Optional<Backup> newest(Predicate<Backup> fits) {
        return backups.values().stream()
                .filter(fits)
                .map(this::asItIs)
                .filter(Backup::good)
                .findFirst();
    }

    /** Gives the number of the next backup: higher than that of any there is, and was when one was restored. */
    public long nextSequence() {
        long highest =
                ancestry.last().map(restore -> restore.after().sequence()).orElse(0L);
        return Math.max(highest, backups.isEmpty() ? 0 : backups.firstKey().sequence()) + 1;
    }

    /**
     * Signs and publishes a backup that was made here, whose archives were synced, read back and found equal: from now
     * on it exists.
     */
    public Backup add(IndexedManifest indexed) throws BackupException {
        return take(WrittenManifest.signed(indexed, keys.till()));
    }

    /** As {@link #add}, with the manifest byte by byte as it was written elsewhere. */
    public Backup take(WrittenManifest written) throws BackupException {
        return take(written, BackupArchive.of(written.manifest()));
    }

    /**
     * As {@link #take}, where the kept files are lost: it is damaged, and its database can be restored. Files of it
     * that lie here already are proven by nobody.
     */
    public Backup takeDatabase(WrittenManifest written) throws BackupException {
        List<BackupArchive> archives = BackupArchive.of(written.manifest());
        Backup taken = take(written, archives.subList(0, 1));
        if (archives.size() == 1) {
            return taken;
        }
        BackupArchive files = archives.get(1);
        return damaged(taken.id(), files.damage(files.name() + " was not fetched"));
    }

    private synchronized Backup take(WrittenManifest written, List<BackupArchive> archives) throws BackupException {
        Manifest manifest = written.manifest();
        Backup backup = fresh(manifest, said(manifest.id())).withLoss(loss(manifest.id()));
        try {
            folder.publish(written, archives, backup);
        } catch (IOException e) {
            if (!backups.containsKey(manifest.id())) {
                folder.withdraw(manifest.id());
            }
            throw folder.unusable(e);
        }
        note(written);
        backups.put(manifest.id(), backup);
        return asItIs(backup);
    }

    private void note(WrittenManifest written) {
        BackupId id = written.manifest().id();
        if (written.signer().filter(signer -> !keys.isTill(signer)).isPresent()) {
            fromElsewhere.add(id);
        } else {
            fromElsewhere.remove(id);
        }
    }

    /**
     * Whether a backup was made by another till, or by this one before its key was lost: it says nothing of this one.
     */
    public boolean isFromElsewhere(BackupId id) {
        return fromElsewhere.contains(id);
    }

    private boolean isLive(BackupId id) {
        return ancestry.includes(id, isFromElsewhere(id));
    }

    /**
     * Records that a backup is in the live database's place, whose later ones are of a database that is gone. Where the
     * disk takes no more, that is known until the next start only.
     */
    public synchronized void restored(BackupId id) {
        BackupId newest = backups.isEmpty() ? id : backups.firstKey();
        remember(ancestry.with(new Ancestry.Restore(id, isFromElsewhere(id), newest)));
    }

    /** Takes the last {@link #restored} back: it did not happen. */
    public synchronized void notRestored() {
        remember(ancestry.withoutLast());
    }

    private void remember(Ancestry known) {
        ancestry = known;
        try {
            known.write(folder.path());
        } catch (IOException e) {
            LOG.warn("What was restored could not be noted: {}", BackupFolder.words(e));
        }
    }

    /** Finds what is in the live database's place, where no backup was made of that since. */
    public Optional<Backup> justRestored() {
        return ancestry.last()
                .filter(restore -> backups.values().stream()
                        .noneMatch(backup -> backup.id().compareTo(restore.after()) > 0
                                && backup.manifest().kind() != BackupKind.SAFETY
                                && !isFromElsewhere(backup.id())))
                .flatMap(restore -> find(restore.backup()));
    }

    /** Whether this till itself made what a manifest says; of one that is not signed nobody can tell. */
    public boolean isOwn(WrittenManifest found) {
        return found.signer().filter(keys::isTill).isPresent();
    }

    /**
     * Refuses to use what is in a backup whose signer nobody here knows. What is not signed was made here before there
     * were signatures.
     *
     * @throws BackupException {@code SignerUnknown}, or why the manifest cannot be read again
     */
    public void requireTrusted(Manifest manifest) throws BackupException {
        Optional<Fingerprint> signer = folder.written(manifest).signer();
        if (signer.isPresent()) {
            keys.requireTrusted(manifest.id().value(), signer.get());
        }
    }

    /**
     * Refuses what comes from elsewhere and is not signed, or by somebody whom nobody here knows.
     *
     * @throws BackupException {@code SignatureWrong} or {@code SignerUnknown}
     */
    public void requireOrigin(WrittenManifest theirs) throws BackupException {
        Fingerprint signer = theirs.signer()
                .orElseThrow(() -> new BackupException(
                        new Problem.SignatureWrong(theirs.manifest().manifestName())));
        keys.requireTrusted(theirs.manifest().id().value(), signer);
    }

    /** Records that an archive was read back and found equal. */
    public Backup proven(BackupId id, Instant at) throws BackupException {
        return change(id, old -> old.withProof(at));
    }

    /** Records that an archive is not what its manifest says. */
    public Backup damaged(BackupId id, Problem damage) throws BackupException {
        return change(id, old -> old.withDamage(damage));
    }

    /** Records how a drill ended. */
    public Backup drilled(BackupId id, DrillResult drill) throws BackupException {
        return change(id, old -> old.withDrill(drill));
    }

    /** Records a copy; one that is known already is replaced. */
    public Backup copied(BackupId id, Copy copy) throws BackupException {
        return change(id, old -> {
            List<Copy> copies = new ArrayList<>(old.copies());
            copies.removeIf(known -> known.place().equals(copy.place()));
            copies.add(copy);
            return old.withCopies(copies);
        });
    }

    /** Records that no copy is at a place any more; for a backup that is not here there is nothing to record. */
    public void withdrawn(BackupId id, Place place) throws BackupException {
        if (backups.containsKey(id)) {
            change(id, old -> {
                List<Copy> copies = new ArrayList<>(old.copies());
                copies.removeIf(copy -> copy.place().equals(place));
                return old.withCopies(copies);
            });
        }
    }

    /**
     * Records what a person said; unlike what is found out, it must not be lost.
     *
     * @throws BackupException if it cannot be written down; then it was not said
     */
    public synchronized Backup remarked(BackupId id, Remark remark) throws BackupException {
        Backup old = require(id);
        Backup said = old.withRemark(remark);
        try {
            folder.writeState(said);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        backups.put(id, said);
        return asItIs(said);
    }

    /** Records that the database may have been lost after a backup: it stays until somebody has seen to that. */
    public Backup lost(BackupId id, Loss loss) throws BackupException {
        return change(id, old -> old.withLoss(Optional.of(loss)));
    }

    /** Records that what the next backups lack is not lost, or was meant to go. */
    public synchronized void nothingLost(Predicate<Backup> of) throws BackupException {
        for (Backup backup : List.copyOf(backups.values())) {
            if (backup.loss().isPresent() && of.test(backup)) {
                change(backup.id(), old -> old.withLoss(Optional.empty()));
            }
        }
    }

    /** Removes a backup for good, unless it is to stay since. */
    public synchronized void removeUnlessKept(BackupId id) throws BackupException {
        Backup there = backups.get(id);
        if (there != null && there.stays()) {
            return;
        }
        try {
            folder.remove(id);
            backups.remove(id);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    /**
     * Changes what is known about a backup. Where the disk takes no more, that is known until the next start only: a
     * full or read-only disk must keep nobody from verifying, restoring or sending what is on it.
     */
    private synchronized Backup change(BackupId id, UnaryOperator<Backup> to) throws BackupException {
        Backup old = backups.get(id);
        if (old == null) {
            throw new BackupException(new Problem.UnknownBackup(id.value()));
        }
        Backup changed = to.apply(old);
        backups.put(id, changed);
        try {
            folder.writeState(changed);
        } catch (IOException e) {
            LOG.warn("What was found out about {} could not be written down: {}", id, BackupFolder.words(e));
        }
        return changed.withLive(isLive(id));
    }

    /** What a person said of a backup stays when it is fetched once more. */
    private Remark said(BackupId id) {
        return Optional.ofNullable(backups.get(id)).map(Backup::remark).orElse(Remark.NONE);
    }

    private Optional<Loss> loss(BackupId id) {
        return Optional.ofNullable(backups.get(id)).flatMap(Backup::loss);
    }

    private static Backup fresh(Manifest manifest, Remark remark) {
        return new Backup(
                manifest, manifest.finished().toInstant(), Optional.empty(), List.of(), Optional.empty(), remark);
    }

    private Backup asItIs(Backup known) {
        Backup backup = known.withLive(isLive(known.id()));
        return backup.good() ? visibleDamage(backup).map(backup::withDamage).orElse(backup) : backup;
    }

    private Optional<Problem> visibleDamage(Backup backup) {
        return BackupArchive.of(backup.manifest()).stream()
                .flatMap(archive -> visibleDamage(archive).stream())
                .findFirst();
    }

    private Optional<Problem> visibleDamage(BackupArchive archive) {
        try {
            long bytes = Files.size(folder.archive(archive));
            return bytes == archive.digest().archiveBytes()
                    ? Optional.empty()
                    : Optional.of(archive.damage(archive.name() + " is " + bytes + " bytes long"));
        } catch (IOException e) {
            return Optional.of(archive.damage("the file " + archive.name() + " is missing"));
        }
    }
}
