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
     * Restores a backup of the same till.
     *
     * @param into another, empty database, which may take any till's; or empty for the live one
     * @throws BackupException {@code OtherTill} where the live one would be replaced by another till's, and others
     */
    public Outcome.Succeeded perform(Backup backup, Optional<String> into, Subject subject, ActiveRun run)
            throws BackupException, IOException {
        String till = subject.source().info().till();
        String itsTill = backup.manifest().source().till();
        if (into.isEmpty() && !itsTill.equals(till)) {
            throw new BackupException(new Problem.OtherTill(itsTill, till));
        }
        return performAnyTills(backup, into, subject, run);
    }

    /** As {@link #perform}, for whichever till it is. */
    public Outcome.Succeeded performAnyTills(Backup backup, Optional<String> into, Subject subject, ActiveRun run)
            throws BackupException, IOException {
        Manifest manifest = backup.manifest();
        loading.require(manifest, subject.source());
        unpacking.require(manifest, into, subject.folders());
        Backup verified = verification.perform(backup, run).backup();
        Set<Outcome.Proof> proven = EnumSet.of(Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL);
        try (RestoreTarget target = subject.source().target(into)) {
            loading.into(target, manifest, run);
            try (Unpacked files = unpacking.unpack(manifest, into, subject.folders(), run)) {
                if (into.isEmpty()) {
                    target.hold();
                    makeSafe(manifest, subject, run);
                    proven.add(Outcome.Proof.ACTIVATED);
                }
                run.cancellation().check();
                run.at(Phase.ACTIVATING, 0, 0);
                target.activate();
                // Not before: a restore that ends here leaves the old database with its own files.
                files.activate();
            }
        }
        if (manifest.keptFiles().isPresent()) {
            proven.add(Outcome.Proof.FILES_RESTORED);
        }
        return new Outcome.Succeeded(verified, proven);
    }

    /** Sales are held meanwhile, so it holds no more than what is about to be replaced. */
    private void makeSafe(Manifest manifest, Subject subject, ActiveRun run) throws BackupException, IOException {
        creation.perform(
                new CreateRequest(BackupKind.SAFETY, "restore", Optional.empty()),
                manifest.keptFiles().isPresent() ? subject.withFoldersThatAreThere() : subject.withoutFolders(),
                run,
                Phase.SAFETY);
    }
}
