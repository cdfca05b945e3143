package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which backups stay at a place, and which files. A pure function of its ledger: what is not in that is somebody
 * else's.
 *
 * @param keep how many of a till's backups stay, the newest; at least 1
 */
public record RemoteRetention(int keep) {
    /** Checks the range. */
    public RemoteRetention {
        if (keep < 1) {
            throw new IllegalArgumentException("At least one backup stays at a place");
        }
    }

    /**
     * Says which backups may go.
     *
     * @param current stays, though there may be many newer ones: somebody has just sent it
     * @return oldest first
     */
    List<BackupId> backups(Ledger ledger, BackupId current) {
        Set<BackupId> kept = new HashSet<>(Set.of(current));
        ledger.deliveries().stream().map(Delivered::till).distinct().forEach(till -> ledger.deliveries().stream()
                .filter(one -> one.complete() && one.till().equals(till))
                .map(Delivered::backup)
                .sorted(Comparator.reverseOrder())
                .limit(keep)
                .forEach(kept::add));
        return ledger.deliveries().stream()
                .filter(Delivered::complete)
                .map(Delivered::backup)
                .filter(backup -> !kept.contains(backup))
                .sorted()
                .toList();
    }

    /** Says which files nothing uses that is there, or on its way. */
    static List<String> files(Ledger ledger) {
        Set<String> used = ledger.used(false);
        return ledger.files().stream()
                .map(file -> file.part().name())
                .filter(name -> !used.contains(name))
                .toList();
    }
}
