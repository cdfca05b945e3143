package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveCheck;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Workers;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import de.joecash.backup.core.internal.catalogue.WrittenManifest;
import de.joecash.backup.core.internal.files.TarReader;
import de.joecash.backup.core.internal.seal.Keyring;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the archives of a backup back, every member, and compares lengths and digests of file and content with the
 * manifest. Kept files are judged on the way, so that no backup is called good whose files would be refused.
 */
public final class Verification {
    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Keyring keyring;
    private final Workers workers;
    private final Codec fastest;
    private final Clock clock;

    /**
     * Verifies backups of one catalogue.
     *
     * @param keyring knows what this till signed itself
     * @param fastest inflates what this till wrote
     */
    public Verification(
            Catalogue catalogue, BackupFolder folder, Keyring keyring, Workers workers, Codec fastest, Clock clock) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.keyring = keyring;
        this.workers = workers;
        this.fastest = fastest;
        this.clock = clock;
    }

    /** Verifies a backup and records what was found. */
    public Outcome.Succeeded perform(Backup backup, ActiveRun run) throws BackupException {
        try {
            WrittenManifest written = folder.written(backup.manifest());
            compare(written.indexed(), folder::archive, inflating(written), run);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ArchiveDamaged
                    || e.problem() instanceof Problem.FilesDamaged
                    || e.problem() instanceof Problem.FilesRefused) {
                catalogue.damaged(backup.id(), e.problem());
            }
            throw e;
        }
        return new Outcome.Succeeded(catalogue.proven(backup.id(), clock.instant()), Set.of(Outcome.Proof.READ_BACK));
    }

    /** Verifies the database of a backup alone; that it is whole says nothing of the backup. */
    void performDatabase(Backup backup, ActiveRun run) throws BackupException {
        WrittenManifest written = folder.written(backup.manifest());
        BackupArchive database = BackupArchive.of(written.manifest()).get(0);
        try {
            compare(database, folder.archive(database), written.indexed(), inflating(written), run);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ArchiveDamaged) {
                catalogue.damaged(backup.id(), e.problem());
            }
            throw e;
        }
    }

    /** As {@link #compareParts}, of the database alone. */
    public void compareDatabasePart(IndexedManifest indexed, ActiveRun run) throws BackupException {
        BackupArchive database = BackupArchive.of(indexed.manifest()).get(0);
        compare(database, folder.archivePart(database.backup(), database.kind()), indexed, Codecs.jdk(), run);
    }

    /**
     * Compares the parts of a backup that is not published yet with its manifest, and judges its kept files. The JDK
     * inflates, whoever deflated: so every gzip reader will open it.
     *
     * @throws BackupException {@code ArchiveDamaged} or {@code FilesDamaged} where they differ, {@code FilesRefused}
     */
    public void compareParts(IndexedManifest indexed, ActiveRun run) throws BackupException {
        compare(indexed, archive -> folder.archivePart(archive.backup(), archive.kind()), Codecs.jdk(), run);
    }

    /**
     * What this till signed, the JDK inflated before it was published, and the file's SHA-256 says that it is the same
     * still; so a less strict inflater is enough. All else the JDK inflates, before whom no bytes are too hostile.
     */
    private Codec inflating(WrittenManifest written) {
        return written.signer().filter(keyring::isTill).isPresent() ? fastest : Codecs.jdk();
    }

    private void compare(IndexedManifest indexed, Function<BackupArchive, Path> where, Codec inflating, ActiveRun run)
            throws BackupException {
        for (BackupArchive archive : BackupArchive.of(indexed.manifest())) {
            compare(archive, where.apply(archive), indexed, inflating, run);
        }
    }

    private void compare(BackupArchive archive, Path file, IndexedManifest indexed, Codec inflating, ActiveRun run)
            throws BackupException {
        ArchiveDigest found;
        try {
            boolean members = archive.kind() == BackupArchive.Kind.DATABASE
                    && indexed.index().isPresent();
            found = members
                    ? checked(archive, file, indexed.index().get(), inflating, run)
                    : readThrough(archive, file, indexed, run);
        } catch (StoppedException e) {
            throw e.reason();
        } catch (IOException e) {
            throw damaged(archive, BackupFolder.words(e), e);
        }
        if (!found.equals(archive.digest())) {
            throw damaged(archive, "its content has changed", null);
        }
    }

    private ArchiveDigest checked(BackupArchive archive, Path file, MemberIndex index, Codec inflating, ActiveRun run)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ArchiveCheck.Finding found =
                    new ArchiveCheck(index, workers, inflating).check(in, watch(archive, run, Phase.VERIFYING));
            if (!found.damaged().isEmpty()) {
                throw new IOException(found.damaged().size() + " of " + index.size() + " members are damaged");
            }
            return new ArchiveDigest(
                    index.contentBytes(), index.contentSha256(), found.archiveBytes(), found.archiveSha256());
        }
    }

    /** In order, because kept files are judged on the way. */
    private static ArchiveDigest readThrough(BackupArchive archive, Path file, IndexedManifest indexed, ActiveRun run)
            throws BackupException, IOException {
        try (ArchiveInput input = open(file, archive, indexed, run, Phase.VERIFYING)) {
            if (archive.kind() == BackupArchive.Kind.FILES) {
                new TarReader(indexed.manifest().keptFiles().orElseThrow()).judge(input);
            }
            return input.finish();
        }
    }

    /** Opens an archive so that reading it tells the run's progress and ends when the run is cancelled. */
    static ArchiveInput open(Path path, BackupArchive archive, IndexedManifest indexed, ActiveRun run, Phase phase)
            throws IOException {
        ArchiveInput.Watch watch = watch(archive, run, phase);
        Optional<MemberIndex> index = indexed.index(archive.kind());
        InputStream file = Files.newInputStream(path);
        try {
            return index.isPresent()
                    ? ArchiveInput.proven(file, index.get(), watch)
                    : ArchiveInput.any(file, archive.digest().contentBytes(), watch);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static ArchiveInput.Watch watch(BackupArchive archive, ActiveRun run, Phase phase) {
        ArchiveDigest digest = archive.digest();
        double contentPerByte = (double) digest.contentBytes() / Math.max(1, digest.archiveBytes());
        long[] before = {0};
        return bytes -> {
            run.at(phase, bytes, digest.archiveBytes());
            run.pace((long) ((bytes - before[0]) * contentPerByte));
            before[0] = bytes;
        };
    }

    private static BackupException damaged(BackupArchive archive, String detail, IOException cause) {
        String which = archive.kind() == BackupArchive.Kind.DATABASE ? detail : archive.name() + ": " + detail;
        return new BackupException(archive.damage(which), cause);
    }
}
