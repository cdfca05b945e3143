package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.retention.Losses;
import de.joecash.backup.core.internal.run.Replacing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that backups of a till that lost its database do not push out those of what was there: the last ones of
 * that stay, and are shown, until what was lost is restored or a person says that it is as it should be. Thread-safe.
 */
final class LossWatch implements Replacing {
    private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);

    /** What is shorter is counted in a moment, and may be shorter than what {@code expectedBytes} adds to be safe. */
    private static final long LARGE = 1L << 28;

    private final Catalogue catalogue;
    private final AtomicInteger looks = new AtomicInteger();

    LossWatch(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Looks at a proven backup of the live database before it is published: a power cut leaves no loss unseen. */
    void about(Manifest made) {
        looks.incrementAndGet();
        try {
            lookAt(made);
        } catch (BackupException e) {
            LOG.warn("What may have been lost before {} could not be noted: {}", made.id(), e.getMessage());
        }
    }

    private void lookAt(Manifest made) throws BackupException {
        List<Backup> earlier = live().stream()
                .filter(backup -> backup.id().compareTo(made.id()) < 0)
                .toList();
        // What the live database was when it was last looked at.
        Optional<Backup> restored = catalogue.justRestored();
        Optional<Backup> before = lastLook(earlier);
        if (before.filter(backup -> Losses.lost(backup.manifest(), made)).isPresent()) {
            Set<Backup> last = Losses.lastOf(earlier, made);
            restored.ifPresent(last::add);
            mark(last, made);
        } else if (restored.isPresent()) {
            // Once more: a power cut may have come between the swap and the word for it.
            makeUpFor(restored.get().manifest());
        }
    }

    private Optional<Backup> lastLook(List<Backup> live) {
        return catalogue.justRestored().or(() -> newestAskedFor(live));
    }

    /** Says how many backups of the live database have been looked at. */
    int looks() {
        return looks.get();
    }

    /**
     * Says whether it is worth the time to count the rows of the live database: one that is large and takes no less
     * room than a dump of it did was not made anew. Whether it was emptied, the next backup tells.
     *
     * @param expectedBytes as {@link de.joecash.backup.spi.Source#expectedBytes} says
     */
    boolean isWorthCounting(long expectedBytes) {
        return lastLook(live())
                .filter(before -> before.manifest().contentBytes() < LARGE
                        || expectedBytes < before.manifest().contentBytes())
                .isPresent();
    }

    /**
     * Says whether a backup of the live database would show a loss.
     *
     * @param kind of its product
     * @param rows of each of its tables
     */
    boolean isSuspected(String kind, Map<String, Long> rows) {
        return lastLook(live())
                .filter(before -> Losses.lost(before.manifest(), kind, rows))
                .isPresent();
    }

    private void mark(Set<Backup> last, Manifest left) throws BackupException {
        for (Backup each : last) {
            LOG.warn(
                    "{} has {} rows and {} had {}: the database may have been lost in between",
                    left.id(),
                    left.rows(),
                    each.id(),
                    each.manifest().rows());
            catalogue.lost(each.id(), new Loss(left.id(), left.rows()));
        }
    }

    /** Those that the live database grew out of, the newest first. */
    private List<Backup> live() {
        return catalogue.list().stream().filter(Backup::live).toList();
    }

    /** One that a restore made first says only what that restore found, and it may have failed. */
    private static Optional<Backup> newestAskedFor(List<Backup> earlier) {
        return earlier.stream()
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .findFirst();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is back then makes up for what was lost after it, or after an earlier one of the same till before the
     * same loss; a later one may have the last days besides. What held much more and was replaced may have been
     * replaced by mistake.
     */
    @Override
    public void replace(Manifest by, Swap swap) throws BackupException, IOException {
        List<Backup> replaced = live();
        catalogue.restored(by.id());
        boolean swapped = false;
        try {
            swap.perform();
            swapped = true;
        } finally {
            if (!swapped) {
                catalogue.notRestored();
            }
        }
        try {
            makeUpFor(by);
            // The safety backup is the newest of them.
            if (!replaced.isEmpty() && Losses.lost(replaced.get(0).manifest(), by)) {
                mark(Losses.lastOf(replaced, by), by);
            }
        } catch (BackupException e) {
            LOG.warn("What a restore brought back or replaced could not be noted: {}", e.getMessage());
        }
    }

    private void makeUpFor(Manifest restored) throws BackupException {
        for (Backup backup : catalogue.list()) {
            if (backup.loss().isPresent() && isBetween(backup, restored)) {
                keepForEver(backup);
            }
        }
        catalogue.nothingLost(backup -> isBack(backup, restored) || isBetween(backup, restored));
    }

    /** Sold on an empty database before that was lost, too: real receipts, but not what is to be restored any more. */
    private static boolean isBetween(Backup backup, Manifest restored) {
        return sameTill(backup.manifest(), restored) && Losses.lost(restored, backup.manifest());
    }

    private void keepForEver(Backup backup) throws BackupException {
        catalogue.remarked(backup.id(), new Remark(true, backup.remark().note()));
    }

    private static boolean isBack(Backup backup, Manifest restored) {
        if (backup.id().equals(restored.id())) {
            return true;
        }
        Manifest lost = backup.manifest();
        return lost.id().compareTo(restored.id()) < 0
                && backup.loss()
                        .filter(loss -> restored.id().compareTo(loss.seenBy()) < 0)
                        .isPresent()
                && !lost.started().isAfter(restored.started())
                && sameTill(lost, restored)
                && !Losses.lost(lost, restored);
    }

    private static boolean sameTill(Manifest one, Manifest other) {
        return one.source().till().equals(other.source().till());
    }

    /** Takes a person's word for it, who keeps the backup by that. What holds more than it was not meant. */
    void nothingLost(Backup shown) throws BackupException {
        if (shown.loss().isPresent()) {
            keepForEver(shown);
            catalogue.nothingLost(
                    backup -> backup.id().equals(shown.id()) || !Losses.lost(backup.manifest(), shown.manifest()));
        }
    }
}
