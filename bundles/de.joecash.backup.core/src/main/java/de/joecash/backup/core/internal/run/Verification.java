package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
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
    private final Clock clock;

    /** Verifies backups of one catalogue. */
    public Verification(Catalogue catalogue, BackupFolder folder, Clock clock) {
        this.catalogue = catalogue;
        this.folder = folder;
        this.clock = clock;
    }

    /** Verifies a backup and records what was found. */
    public Outcome.Succeeded perform(Backup backup, ActiveRun run) throws BackupException {
        try {
            compare(folder.archive(backup.id()), backup.manifest(), run);
        } catch (BackupException e) {
            if (e.problem() instanceof Problem.ArchiveDamaged) {
                catalogue.damaged(backup.id(), e.problem());
            }
            throw e;
        }
        return new Outcome.Succeeded(catalogue.proven(backup.id(), clock.instant()), Set.of(Outcome.Proof.READ_BACK));
    }

    /**
     * Compares an archive with its manifest.
     *
     * @throws BackupException {@code ArchiveDamaged} where it differs
     */
    public static void compare(Path archive, Manifest manifest, ActiveRun run) throws BackupException {
        ArchiveDigest found;
        try (ArchiveInput input = open(archive, manifest, run, Phase.VERIFYING)) {
            found = input.finish();
        } catch (StoppedException e) {
            throw e.reason();
        } catch (IOException e) {
            throw damaged(manifest, BackupFolder.words(e), e);
        }
        if (!found.equals(expected(manifest))) {
            throw damaged(manifest, "its content has changed", null);
        }
    }

    /** Opens an archive so that reading it tells the run's progress and ends when the run is cancelled. */
    static ArchiveInput open(Path archive, Manifest manifest, ActiveRun run, Phase phase) throws IOException {
        InputStream file = Files.newInputStream(archive);
        try {
            return new ArchiveInput(file, manifest.contentBytes(), bytes -> {
                run.at(phase, bytes, manifest.archiveBytes());
                run.goOn();
            });
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static ArchiveDigest expected(Manifest manifest) {
        return new ArchiveDigest(
                manifest.contentBytes(), manifest.contentSha256(), manifest.archiveBytes(), manifest.archiveSha256());
    }

    private static BackupException damaged(Manifest manifest, String detail, IOException cause) {
        return new BackupException(new Problem.ArchiveDamaged(manifest.id().value(), detail), cause);
    }
}
