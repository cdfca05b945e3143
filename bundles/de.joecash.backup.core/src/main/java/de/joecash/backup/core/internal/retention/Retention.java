package de.joecash.backup.core.internal.retention;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which backups are kept: those that a person wants to keep for ever, good or damaged; of the others the newest good
 * ones; in any case, of each kind, the newest good one whose drill has not failed; the newest good one whose drill has
 * passed; and the newest one that was drilled at all, for a failure stands until another drill passes. A damaged one
 * counts for nothing and goes when everything kept is newer. A pure function.
 *
 * @param keep how many good manual and automatic ones are kept, at least 1
 * @param keepSafety how many good safety ones are kept, at least 1
 */
public record Retention(int keep, int keepSafety) {
    /** Checks the ranges. */
    public Retention {
        if (keep < 1 || keepSafety < 1) {
            throw new IllegalArgumentException("At least one backup of each kind is kept");
        }
    }

    /**
     * Says what may go.
     *
     * @param backups all there are, in any order
     * @return the names of those that are not kept, oldest first
     */
    public List<BackupId> removable(List<Backup> backups) {
        return removable(backups, keep);
    }

    /**
     * Says what goes as soon as one more manual or automatic backup is made. Where that is the first of its kind after
     * others, one more may go: the newest of its kind so far is kept here.
     *
     * @param backups all there are, in any order
     * @return their names, oldest first
     */
    public List<BackupId> goingNext(List<Backup> backups) {
        return removable(backups, keep - 1);
    }

    private List<BackupId> removable(List<Backup> backups, int ordinary) {
        List<Backup> good = backups.stream()
                .filter(Backup::good)
                .sorted(Comparator.comparing(Backup::id).reversed())
                .toList();
        Set<BackupId> kept = new HashSet<>();
        // What is kept for ever takes no other one's place.
        List<Backup> others =
                good.stream().filter(backup -> !backup.remark().kept()).toList();
        others.stream().filter(Retention::ordinary).limit(ordinary).forEach(backup -> kept.add(backup.id()));
        others.stream().filter(backup -> !ordinary(backup)).limit(keepSafety).forEach(backup -> kept.add(backup.id()));
        for (BackupKind kind : BackupKind.values()) {
            good.stream()
                    .filter(backup -> backup.manifest().kind() == kind)
                    .filter(backup -> !backup.drillFailed())
                    .limit(1)
                    .forEach(backup -> kept.add(backup.id()));
        }
        good.stream()
                .filter(backup -> backup.drill().isPresent() && !backup.drillFailed())
                .limit(1)
                .forEach(backup -> kept.add(backup.id()));
        good.stream()
                .filter(backup -> ordinary(backup) && backup.drill().isPresent())
                .limit(1)
                .forEach(backup -> kept.add(backup.id()));
        return backups.stream()
                .filter(backup -> !backup.remark().kept() && !kept.contains(backup.id()))
                .filter(backup -> backup.good() || olderThanAll(backup, kept))
                .map(Backup::id)
                .sorted()
                .toList();
    }

    private static boolean olderThanAll(Backup backup, Set<BackupId> kept) {
        return !kept.isEmpty() && kept.stream().allMatch(id -> id.compareTo(backup.id()) > 0);
    }

    private static boolean ordinary(Backup backup) {
        return backup.manifest().kind() != BackupKind.SAFETY;
    }
}
