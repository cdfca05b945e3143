package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Finding;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rehearses a restore: verified whole, loaded into a side database, compared with the manifest there, and its books
 * checked by the host; then the side database is thrown away. Kept files are unpacked into a scratch directory,
 * compared with the archive there, and thrown away. What is live is neither held nor changed. What was found is
 * recorded with the backup; where the drill could not be made, nothing is.
 */
public final class Drill {
    private final Verification verification;
    private final Loading loading;
    private final Unpacking unpacking;
    private final Catalogue catalogue;
    private final Clock clock;

    /** Drills backups of one catalogue. */
    public Drill(Verification verification, Loading loading, Unpacking unpacking, Catalogue catalogue, Clock clock) {
        this.verification = verification;
        this.loading = loading;
        this.unpacking = unpacking;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Drills a backup, and records what was found. */
    public Outcome.Succeeded perform(Backup backup, Source source, ActiveRun run) throws BackupException, IOException {
        loading.require(backup.manifest(), source);
        try {
            verification.perform(backup, run);
            rehearse(backup.manifest(), source, run);
            unpacking.rehearse(backup.manifest(), run);
        } catch (BackupException e) {
            if (DrillResult.condemns(e.problem())) {
                record(backup.id(), Optional.of(e.problem()));
            }
            throw e;
        }
        return new Outcome.Succeeded(
                record(backup.id(), Optional.empty()),
                Set.of(Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL, Outcome.Proof.BOOKS_CHECKED));
    }

    private Backup record(BackupId id, Optional<Problem> problem) throws BackupException {
        return catalogue.drilled(id, new DrillResult(clock.instant(), problem));
    }

    private void rehearse(Manifest manifest, Source source, ActiveRun run) throws BackupException, IOException {
        try (RestoreTarget target = scratch(source)) {
            try {
                examine(manifest, target, run);
            } catch (BackupException e) {
                if (e.problem() instanceof Problem.RestoreFailed) {
                    // A database whose disk is full says anything; the backup is not to blame then. Asked before the
                    // scratch database is closed, because that makes room.
                    loading.requireSpace(source, 0);
                }
                throw e;
            }
        }
    }

    private void examine(Manifest manifest, RestoreTarget target, ActiveRun run) throws BackupException, IOException {
        loading.into(target, manifest, run);
        run.at(Phase.CHECKING, 0, 0);
        List<Finding> findings = target.check(run.cancellation());
        if (!findings.isEmpty()) {
            throw new BackupException(new Problem.BooksWrong(manifest.id().value(), findings));
        }
    }

    private static RestoreTarget scratch(Source source) throws BackupException {
        try {
            return source.target(Optional.empty());
        } catch (BackupException e) {
            throw e.problem() instanceof Problem.RestoreFailed failed
                    ? new BackupException(new Problem.NoScratchDatabase(failed.detail()), e)
                    : e;
        }
    }
}
