package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.retention.Losses;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that backups of a till that lost its database do not push out those of what was there: the last ones of
 * that stay, and are shown, until what was lost is restored or a person says that it is as it should be. Thread-safe.
 */
final class LossWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);

    private final Catalogue catalogue;

    /** What took the live database's place since its last backup: somebody typed a word for that. */
    private volatile Optional<Manifest> restored = Optional.empty();

    LossWatch(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Looks at a backup that was just made of the live database, before any other goes for it. */
    void made(Backup made) throws BackupException {
        List<Backup> earlier = catalogue.list().stream()
                .filter(backup -> backup.id().compareTo(made.id()) < 0 && !catalogue.isFromElsewhere(backup.id()))
                .toList();
        Optional<Manifest> before =
                restored.or(() -> earlier.stream().findFirst().map(Backup::manifest));
        restored = Optional.empty();
        if (before.filter(state -> Losses.lost(state, made.manifest())).isEmpty()) {
            return;
        }
        long left = made.manifest().rows();
        for (Backup last : Losses.lastOf(earlier, made.manifest())) {
            LOG.warn(
                    "{} has {} rows and {} had {}: the database may have been lost in between",
                    made.id(),
                    left,
                    last.id(),
                    last.manifest().rows());
            catalogue.rowsLeft(last.id(), left);
        }
    }

    /** Takes note that the live database holds a backup's content again. */
    void restored(Manifest manifest) throws BackupException {
        restored = Optional.of(manifest);
        catalogue.nothingLost(backup -> !Losses.lost(backup.manifest(), manifest));
    }
}
