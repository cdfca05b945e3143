package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.RestoreTarget;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a backup: verified whole, loaded into a side database, compared with the manifest there; then a safety
 * backup of the live database; and only then put in its place. The safety backup comes last so that it holds what was
 * sold while the side database was loaded. Kept files are unpacked beside the till's folders before it, and put in
 * their place right after the database.
 */
public final class Restoration {
    private final Verification verification;
    private final Creation creation;
    private final Loading loading;
    private final Unpacking unpacking;

    /** Restores backups of one folder. */
    public Restoration(Verification verification, Creation creation, Loading loading, Unpacking unpacking) {
        this.verification = verification;
        this.creation = creation;
        this.loading = loading;
        this.unpacking = unpacking;
    }

    /**
     * What is to be restored of a backup, and where.
     *
     * @param into another, empty database, which may take any till's; or empty for the live one
     * @param anyTills whether the live one may be replaced by another till's
     * @param files whether kept files are restored; else they are not even looked at, and folders stay as they are
     */
    public record Wanted(Optional<String> into, boolean anyTills, boolean files) {}

    /**
     * Restores a backup.
     *
     * @param replacing has the live database replaced
     * @throws BackupException {@code OtherTill} where the live database would be replaced by another till's and that is
     *     not wanted, and others
     */
    public Outcome.Succeeded perform(Backup backup, Wanted wanted, Subject subject, ActiveRun run, Replacing replacing)
            throws BackupException, IOException {
        Optional<String> into = wanted.into();
        if (into.isEmpty() && !wanted.anyTills()) {
            requireSameTill(backup, subject);
        }
        Manifest manifest = backup.manifest();
        loading.require(manifest, subject.source());
        boolean files = wanted.files() && manifest.keptFiles().isPresent();
        Backup verified = verified(backup, wanted, subject, run);
        Set<Outcome.Proof> proven = EnumSet.of(Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL);
        try (RestoreTarget target = subject.source().target(into)) {
            loading.into(target, manifest, run);
            try (Unpacked unpacked =
                    wanted.files() ? unpacking.unpack(manifest, into, subject.folders(), run) : Unpacking.nothing()) {
                if (into.isEmpty()) {
                    target.hold();
                    makeSafe(files, subject, run);
                    proven.add(Outcome.Proof.ACTIVATED);
                }
                run.cancellation().check();
                run.at(Phase.ACTIVATING, 0, 0);
                if (into.isEmpty()) {
                    replacing.replace(manifest, target::activate);
                } else {
                    target.activate();
                }
                // Not before: a restore that ends here leaves the old database with its own files.
                unpacked.activate();
            }
        }
        if (files) {
            proven.add(Outcome.Proof.FILES_RESTORED);
        }
        return new Outcome.Succeeded(verified, proven);
    }

    private static void requireSameTill(Backup backup, Subject subject) throws BackupException {
        String till = subject.source().info().till();
        String itsTill = backup.manifest().source().till();
        if (!itsTill.equals(till)) {
            throw new BackupException(new Problem.OtherTill(itsTill, till));
        }
    }

    private Backup verified(Backup backup, Wanted wanted, Subject subject, ActiveRun run)
            throws BackupException, IOException {
        if (!wanted.files()) {
            verification.performDatabase(backup, run);
            return backup;
        }
        unpacking.require(backup.manifest(), wanted.into(), subject.folders());
        return verification.perform(backup, run).backup();
    }

    /** Sales are held meanwhile, so it holds no more than what is about to be replaced. */
    private void makeSafe(boolean files, Subject subject, ActiveRun run) throws BackupException, IOException {
        creation.perform(
                new CreateRequest(BackupKind.SAFETY, "restore", Optional.empty()),
                files ? subject.withFoldersThatAreThere() : subject.withoutFolders(),
                run,
                Phase.SAFETY,
                about -> {});
    }
}
