package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Manifest;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.retention.Losses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that backups of a till that lost its database do not push out those of what was there: the last ones of
 * that stay, and are shown, until what was lost is restored or a person says that it is as it should be. Thread-safe.
 */
final class LossWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);

    private final Catalogue catalogue;

    LossWatch(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Looks at a proven backup of the live database before it is published: a power cut leaves no loss unseen. */
    void about(Manifest made) {
        try {
            lookAt(made);
        } catch (BackupException e) {
            LOG.warn("What may have been lost before {} could not be noted: {}", made.id(), e.getMessage());
        }
    }

    private void lookAt(Manifest made) throws BackupException {
        List<Backup> earlier = own().stream()
                .filter(backup -> backup.id().compareTo(made.id()) < 0)
                .toList();
        // What the live database was when it was last looked at.
        Optional<Backup> restored = catalogue.justRestored();
        Optional<Backup> before = restored.or(() -> newestAskedFor(earlier));
        if (before.filter(backup -> Losses.lost(backup.manifest(), made)).isPresent()) {
            Set<Backup> last = Losses.lastOf(earlier, made);
            restored.ifPresent(last::add);
            mark(last, made);
        }
    }

    private void mark(Set<Backup> last, Manifest left) throws BackupException {
        for (Backup each : last) {
            LOG.warn(
                    "{} has {} rows and {} had {}: the database may have been lost in between",
                    left.id(),
                    left.rows(),
                    each.id(),
                    each.manifest().rows());
            catalogue.rowsLeft(each.id(), left.rows());
        }
    }

    /** Those of this till, the newest first. */
    private List<Backup> own() {
        return catalogue.list().stream()
                .filter(backup -> !catalogue.isFromElsewhere(backup.id()))
                .toList();
    }

    /** One that a restore made first says only what that restore found, and it may have failed. */
    private static Optional<Backup> newestAskedFor(List<Backup> earlier) {
        return earlier.stream()
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .findFirst();
    }

    /**
     * Takes note that the live database holds a backup's content from now on. That makes up for what was lost after it,
     * or after an earlier one of the same till; a later one may have the last days besides, unless it is of what was
     * sold on an empty database. What held much more and was replaced may have been replaced by mistake.
     */
    void restored(Manifest manifest) {
        List<Backup> earlier = own();
        try {
            catalogue.nothingLost(backup -> madeUpFor(backup, manifest));
            if (!earlier.isEmpty() && Losses.lost(earlier.get(0).manifest(), manifest)) {
                mark(Losses.lastOf(earlier, manifest), manifest);
            }
        } catch (BackupException e) {
            LOG.warn("What a restore brought back or replaced could not be noted: {}", e.getMessage());
        }
        catalogue.restored(manifest.id());
    }

    private static boolean madeUpFor(Backup backup, Manifest restored) {
        boolean earlier = backup.id().compareTo(restored.id()) <= 0
                && backup.manifest().source().till().equals(restored.source().till())
                && !Losses.lost(backup.manifest(), restored);
        return earlier || Losses.lost(restored, backup.manifest());
    }

    /** Takes a person's word for it, who keeps the backup by that. What holds more than it was not meant. */
    void nothingLost(Backup shown) throws BackupException {
        if (shown.rowsLeft().isPresent()) {
            catalogue.remarked(shown.id(), new Remark(true, shown.remark().note()));
            catalogue.nothingLost(
                    backup -> backup.id().equals(shown.id()) || !Losses.lost(backup.manifest(), shown.manifest()));
        }
    }
}
