package de.joecash.backup.core.internal.retention;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the live database lost more than half of its rows from one good backup to the next: because a new one was made
 * after a disk had died, because the host was set up anew, or on purpose, which nobody can tell from the data. Backups
 * of what is left would push out those of what was there. Pure functions.
 */
public final class Losses {
    /** Fewer rows than a till has before its first day of sales are no loss. */
    private static final long FEWEST_ROWS = 100;

    private Losses() {}

    /**
     * Finds the backups that are the last of what was lost after them. One is found for as long as the next good one
     * holds less than half of it, so also when those in between were removed; not any more once the database was
     * restored and those of the small one have gone.
     *
     * @param backups all there are, in any order
     * @return their names
     */
    public static Set<BackupId> before(List<Backup> backups) {
        List<Backup> good = goodOldestFirst(backups);
        Set<BackupId> before = new HashSet<>();
        for (int i = 1; i < good.size(); i++) {
            if (loses(good.get(i - 1), good.get(i))) {
                before.add(good.get(i - 1).id());
            }
        }
        return before;
    }

    /**
     * Finds the backup that a person should look at, because what it holds is gone now.
     *
     * @param own of this till, in any order
     * @return the newest one before a loss that the newest good one has not made up for, and that nobody keeps for ever
     */
    public static Optional<Backup> unseen(List<Backup> own) {
        List<Backup> good = goodOldestFirst(own);
        Set<BackupId> before = before(own);
        return good.stream()
                .filter(backup ->
                        before.contains(backup.id()) && !backup.remark().kept())
                .filter(backup -> loses(backup, good.get(good.size() - 1)))
                .reduce((older, newer) -> newer);
    }

    private static List<Backup> goodOldestFirst(List<Backup> backups) {
        return backups.stream()
                .filter(Backup::good)
                .filter(backup -> backup.manifest().kind() != BackupKind.SAFETY)
                .sorted(Comparator.comparing(Backup::id))
                .toList();
    }

    private static boolean loses(Backup earlier, Backup later) {
        long rows = earlier.manifest().rows();
        return rows >= FEWEST_ROWS && later.manifest().rows() < rows / 2;
    }
}
