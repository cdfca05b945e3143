package de.joecash.backup.core.internal.run;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a backup: verified whole, loaded into a side database, compared with the manifest there; then a safety
 * backup of the live database; and only then put in its place. The safety backup comes last so that it holds what was
 * sold while the side database was loaded.
 */
public final class Restoration {
    private final Verification verification;
    private final Creation creation;
    private final Loading loading;

    /** Restores backups of one folder. */
    public Restoration(Verification verification, Creation creation, Loading loading) {
        this.verification = verification;
        this.creation = creation;
        this.loading = loading;
    }

    /**
     * Restores a backup.
     *
     * @param into another, empty database, or empty for the live one
     */
    public Outcome.Succeeded perform(Backup backup, Optional<String> into, Source source, ActiveRun run)
            throws BackupException, IOException {
        Manifest manifest = backup.manifest();
        loading.require(manifest, source);
        Backup verified = verification.perform(backup, run).backup();
        Set<Outcome.Proof> proven = EnumSet.of(Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL);
        try (RestoreTarget target = source.target(into)) {
            loading.into(target, manifest, run);
            if (into.isEmpty()) {
                target.hold();
                creation.perform(
                        new CreateRequest(BackupKind.SAFETY, "restore", Optional.empty()), source, run, Phase.SAFETY);
                proven.add(Outcome.Proof.ACTIVATED);
            }
            run.cancellation().check();
            run.at(Phase.ACTIVATING, 0, 0);
            target.activate();
        }
        return new Outcome.Succeeded(verified, proven);
    }
}
