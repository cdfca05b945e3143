package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveCheck;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Workers;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** Reads an archive back, every member, and compares lengths and digests of file and content with the manifest. */
public final class Verification {
    private final Catalogue catalogue;
    private final BackupFolder folder;
    private final Workers workers;
    private final Clock clock;

    /** Verifies backups of one catalogue. */
    public Verification(Catalogue catalogue, BackupFolder folder, Workers workers, Clock clock) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.workers = workers;
        this.clock = clock;
    }

    /** Verifies a backup and records what was found. */
    public Outcome.Succeeded perform(Backup backup, ActiveRun run) throws BackupException {
        try {
            compare(folder.archive(backup.id()), folder.indexed(backup.manifest()), run);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ArchiveDamaged) {
                catalogue.damaged(backup.id(), e.problem());
            }
            throw e;
        }
        return new Outcome.Succeeded(catalogue.proven(backup.id(), clock.instant()), Set.of(Outcome.Proof.READ_BACK));
    }

    /**
     * Compares an archive with its manifest. The JDK inflates, whoever deflated: so every gzip reader will open it.
     *
     * @throws BackupException {@code ArchiveDamaged} where it differs
     */
    public void compare(Path archive, IndexedManifest indexed, ActiveRun run) throws BackupException {
        Manifest manifest = indexed.manifest();
        ArchiveDigest found;
        try {
            found = indexed.index().isPresent()
                    ? checked(archive, indexed.index().get(), manifest, run)
                    : readThrough(archive, indexed, run);
        } catch (StoppedException e) {
            throw e.reason();
        } catch (IOException e) {
            throw damaged(manifest, BackupFolder.words(e), e);
        }
        if (!found.equals(expected(manifest))) {
            throw damaged(manifest, "its content has changed", null);
        }
    }

    private ArchiveDigest checked(Path archive, MemberIndex index, Manifest manifest, ActiveRun run)
            throws IOException {
        try (InputStream file = Files.newInputStream(archive)) {
            ArchiveCheck.Finding found =
                    new ArchiveCheck(index, workers, Codecs.jdk()).check(file, watch(manifest, run, Phase.VERIFYING));
            if (!found.damaged().isEmpty()) {
                throw new IOException(found.damaged().size() + " of " + index.size() + " members are damaged");
            }
            return new ArchiveDigest(
                    index.contentBytes(), index.contentSha256(), found.archiveBytes(), found.archiveSha256());
        }
    }

    private static ArchiveDigest readThrough(Path archive, IndexedManifest manifest, ActiveRun run) throws IOException {
        try (ArchiveInput input = open(archive, manifest, run, Phase.VERIFYING)) {
            return input.finish();
        }
    }

    /** Opens an archive so that reading it tells the run's progress and ends when the run is cancelled. */
    static ArchiveInput open(Path archive, IndexedManifest indexed, ActiveRun run, Phase phase) throws IOException {
        ArchiveInput.Watch watch = watch(indexed.manifest(), run, phase);
        InputStream file = Files.newInputStream(archive);
        try {
            return indexed.index().isPresent()
                    ? ArchiveInput.proven(file, indexed.index().get(), watch)
                    : ArchiveInput.any(file, indexed.manifest().contentBytes(), watch);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static ArchiveInput.Watch watch(Manifest manifest, ActiveRun run, Phase phase) {
        double contentPerByte = (double) manifest.contentBytes() / Math.max(1, manifest.archiveBytes());
        long[] before = {0};
        return bytes -> {
            run.at(phase, bytes, manifest.archiveBytes());
            run.pace((long) ((bytes - before[0]) * contentPerByte));
            before[0] = bytes;
        };
    }

    private static ArchiveDigest expected(Manifest manifest) {
        return new ArchiveDigest(
                manifest.contentBytes(), manifest.contentSha256(), manifest.archiveBytes(), manifest.archiveSha256());
    }

    private static BackupException damaged(Manifest manifest, String detail, IOException cause) {
        return new BackupException(new Problem.ArchiveDamaged(manifest.id().value(), detail), cause);
    }
}
