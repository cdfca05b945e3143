package de.joecash.backup.core.internal.retention;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Fate;
import de.joecash.backup.RetentionRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which backups are kept: those that a person wants to keep for ever, good or damaged, and those after which the
 * database {@linkplain Losses may have been lost}; of the others the newest good ones; in any case, of each kind, the
 * newest good one whose drill has not failed; the newest good one whose drill has passed; and the newest one that was
 * drilled at all, for a failure stands until another drill passes. A damaged one counts for nothing and goes when
 * everything kept is newer. A pure function.
 *
 * @param rules how many
 */
public record Retention(RetentionRules rules) {
    /**
     * Says what may go.
     *
     * @param backups all there are, in any order
     * @return the names of those that are not kept, oldest first
     */
    public List<BackupId> removable(List<Backup> backups) {
        return going(fates(backups, rules.keep()));
    }

    /**
     * Says what goes as soon as one more manual or automatic backup is made. Where that is the first of its kind after
     * others, one more may go: the newest of its kind so far is kept here.
     *
     * @param backups all there are, in any order
     * @return their names, oldest first
     */
    public List<BackupId> goingNext(List<Backup> backups) {
        return going(next(backups));
    }

    /**
     * Says what becomes of each then.
     *
     * @param backups all there are, in any order
     * @return one entry for each
     */
    public Map<BackupId, Fate> next(List<Backup> backups) {
        return fates(backups, rules.keep() - 1);
    }

    private static List<BackupId> going(Map<BackupId, Fate> fates) {
        return fates.entrySet().stream()
                .filter(one -> one.getValue() == Fate.GOES)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<BackupId, Fate> fates(List<Backup> backups, int ordinary) {
        List<Backup> good = backups.stream()
                .filter(Backup::good)
                .sorted(Comparator.comparing(Backup::id).reversed())
                .toList();
        Map<BackupId, Fate> kept = new HashMap<>();
        // What stays in any case takes no other one's place.
        List<Backup> others = good.stream().filter(backup -> !backup.stays()).toList();
        keep(kept, Fate.NEWEST, others.stream().filter(Retention::ordinary).limit(ordinary));
        keep(
                kept,
                Fate.NEWEST,
                others.stream().filter(backup -> !ordinary(backup)).limit(rules.keepSafety()));
        keepLast(kept, good);
        // What is of a database that a restore replaced stands in for nothing of the live one.
        List<Backup> live = good.stream().filter(Backup::live).toList();
        keepLast(kept, live);
        keep(
                kept,
                Fate.LAST_GOOD,
                live.stream().filter(Retention::ordinary).limit(2).filter(backup -> good.stream()
                        .anyMatch(other ->
                                !other.live() && ordinary(other) && other.id().compareTo(backup.id()) > 0)));
        Map<BackupId, Fate> fates = new HashMap<>();
        backups.forEach(backup -> fates.put(backup.id(), fate(backup, kept)));
        return fates;
    }

    private static void keepLast(Map<BackupId, Fate> kept, List<Backup> good) {
        for (BackupKind kind : BackupKind.values()) {
            keep(
                    kept,
                    Fate.LAST_GOOD,
                    good.stream()
                            .filter(backup -> backup.manifest().kind() == kind)
                            .filter(backup -> !backup.drillFailed())
                            .limit(1));
        }
        keep(
                kept,
                Fate.LAST_PASSED,
                good.stream()
                        .filter(backup -> backup.drill().isPresent() && !backup.drillFailed())
                        .limit(1));
        keep(
                kept,
                Fate.LAST_DRILLED,
                good.stream()
                        .filter(backup -> ordinary(backup) && backup.drill().isPresent())
                        .limit(1));
    }

    private static void keep(Map<BackupId, Fate> kept, Fate why, Stream<Backup> backups) {
        backups.forEach(backup -> kept.putIfAbsent(backup.id(), why));
    }

    private static Fate fate(Backup backup, Map<BackupId, Fate> kept) {
        if (backup.stays()) {
            return backup.remark().kept() ? Fate.FOR_EVER : Fate.BEFORE_LOSS;
        }
        if (kept.containsKey(backup.id())) {
            return kept.get(backup.id());
        }
        return backup.good() || olderThanAll(backup, kept) ? Fate.GOES : Fate.DAMAGED;
    }

    private static boolean olderThanAll(Backup backup, Map<BackupId, Fate> kept) {
        return !kept.isEmpty() && kept.keySet().stream().allMatch(id -> id.compareTo(backup.id()) > 0);
    }

    private static boolean ordinary(Backup backup) {
        return backup.manifest().kind() != BackupKind.SAFETY;
    }
}
