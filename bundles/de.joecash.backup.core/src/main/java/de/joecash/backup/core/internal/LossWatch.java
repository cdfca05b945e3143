package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Manifest;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.retention.Losses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final int LONGEST_NOTE = 1_000;

    private final Catalogue catalogue;

    /** Holds the name of what took the live database's place since its last backup, over restarts. */
    private final Path note;

    LossWatch(Catalogue catalogue, Path folder) {
        this.catalogue = catalogue;
        note = folder.resolve("restored");
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
        List<Backup> earlier = catalogue.list().stream()
                .filter(backup -> backup.id().compareTo(made.id()) < 0 && !catalogue.isFromElsewhere(backup.id()))
                .toList();
        // What the live database was when it was last looked at: somebody who restores types a word for that.
        Optional<Backup> restored = restored();
        Optional<Backup> before = restored.or(() -> newestAskedFor(earlier));
        if (before.filter(backup -> Losses.lost(backup.manifest(), made)).isEmpty()) {
            return;
        }
        Set<Backup> last = Losses.lastOf(earlier, made);
        restored.ifPresent(last::add);
        for (Backup each : last) {
            LOG.warn(
                    "{} has {} rows and {} had {}: the database may have been lost in between",
                    made.id(),
                    made.rows(),
                    each.id(),
                    each.manifest().rows());
            catalogue.rowsLeft(each.id(), made.rows());
        }
    }

    /** One that a restore made first says only what that restore found, and it may have failed. */
    private static Optional<Backup> newestAskedFor(List<Backup> earlier) {
        return earlier.stream()
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .findFirst();
    }

    /** Takes note that a backup of the live database was made. */
    void made() {
        note(Optional.empty());
    }

    /**
     * Takes note that the live database holds a backup's content from now on. That makes up for what was lost after it,
     * or after an earlier one of the same till; an older one may lack the last days.
     */
    void restored(Manifest manifest) {
        note(Optional.of(manifest));
        try {
            catalogue.nothingLost(backup -> backup.id().compareTo(manifest.id()) <= 0
                    && backup.manifest()
                            .source()
                            .till()
                            .equals(manifest.source().till())
                    && !Losses.lost(backup.manifest(), manifest));
        } catch (BackupException e) {
            LOG.warn("That what was lost is back could not be noted: {}", e.getMessage());
        }
    }

    private Optional<Backup> restored() {
        try {
            return Files.size(note) > LONGEST_NOTE
                    ? Optional.empty()
                    : catalogue.find(new BackupId(Files.readString(note).strip()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("No backup is noted as restored: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void note(Optional<Manifest> restored) {
        try {
            if (restored.isPresent()) {
                SyncedFiles.replace(note, restored.get().id().value().getBytes(StandardCharsets.UTF_8));
            } else {
                Files.deleteIfExists(note);
            }
        } catch (IOException e) {
            LOG.warn("What was restored could not be noted: {}", BackupFolder.words(e));
        }
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
