package de.joecash.backup.core.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Problem;
import de.joecash.backup.SavedDay;
import de.joecash.backup.Status;
import de.joecash.backup.core.internal.catalogue.Catalogue;
import de.joecash.backup.core.internal.retention.Losses;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How the live database stands: what of it is saved, of when, and whether that is too old. Thread-safe. */
final class Standing {
    private final Catalogue catalogue;
    private final Duration overdue;
    private final Duration offServerOverdue;
    private final Clock clock;

    /**
     * Looks into a catalogue.
     *
     * @param overdue how old the newest good backup may be
     * @param offServerOverdue how old the newest copy off the server may be
     */
    Standing(Catalogue catalogue, Duration overdue, Duration offServerOverdue, Clock clock) {
        this.catalogue = catalogue;
        this.overdue = overdue;
        this.offServerOverdue = offServerOverdue;
        this.clock = clock;
    }

    /**
     * Tells how it stands.
     *
     * @param all what the catalogue lists, newest first
     * @param queued how many transfers are in the queue
     * @param stopped whether one off the server was stopped
     */
    Status status(List<Backup> all, int queued, boolean stopped, Optional<Problem> obstacle, DrillStatus drills) {
        Optional<Backup> newest = newest(all, Standing::live);
        Optional<Backup> outside = newest(all, backup -> live(backup) && offServer(backup));
        return new Status(
                clock.instant(),
                newest,
                newest.map(backup -> older(backup, overdue)).orElse(true),
                outside,
                outside.map(backup -> older(backup, offServerOverdue)).orElse(true),
                queued,
                obstacle,
                all.stream().filter(Standing::live).findFirst().flatMap(Backup::damage),
                drills,
                beforeLoss(all),
                stopped);
    }

    /**
     * Of several losses the one that took most. A good one before a damaged one, and one that somebody asked for before
     * one that a restore made first.
     */
    private static Optional<Backup> beforeLoss(List<Backup> all) {
        List<Backup> marked =
                all.stream().filter(backup -> backup.loss().isPresent()).toList();
        List<Backup> last = marked.stream()
                .filter(backup -> marked.stream().noneMatch(other -> Losses.lost(other.manifest(), backup.manifest())))
                .toList();
        return last.stream()
                .filter(backup -> backup.good() && backup.manifest().kind() != BackupKind.SAFETY)
                .findFirst()
                .or(() -> last.stream().filter(Backup::good).findFirst())
                .or(() -> last.stream().findFirst());
    }

    /** The newest good one of the live database. */
    Optional<Backup> newestGood() {
        return newest(catalogue.list(), Standing::live);
    }

    /** What was saved on the last days, from the first on that a backup is of. */
    List<SavedDay> lastDays(int days, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate first = today.minusDays(days - 1L);
        Map<LocalDate, List<Backup>> made = catalogue.list().stream()
                .filter(backup ->
                        backup.manifest().kind() != BackupKind.SAFETY && !catalogue.isFromElsewhere(backup.id()))
                .collect(Collectors.groupingBy(backup ->
                        LocalDate.ofInstant(backup.manifest().started().toInstant(), zone)));
        return made.keySet().stream().min(Comparator.naturalOrder()).stream()
                .map(oldest -> oldest.isBefore(first) ? first : oldest)
                .flatMap(from -> from.datesUntil(today.isBefore(from) ? from : today.plusDays(1)))
                .map(day -> saved(day, made.getOrDefault(day, List.of())))
                .toList();
    }

    private static SavedDay saved(LocalDate day, List<Backup> made) {
        List<Backup> good = made.stream().filter(Backup::good).toList();
        return new SavedDay(day, good.size(), good.stream().anyMatch(Standing::offServer));
    }

    private static boolean offServer(Backup backup) {
        return backup.copies().stream().anyMatch(Copy::offServer);
    }

    /** A safety backup is of a database that was to be replaced. */
    private static boolean live(Backup backup) {
        return backup.live() && backup.manifest().kind() != BackupKind.SAFETY;
    }

    /** The newest good one by its time; one that claims to come from the future counts only for want of another. */
    private Optional<Backup> newest(List<Backup> all, Predicate<Backup> fits) {
        Comparator<Backup> byTime =
                Comparator.comparing(backup -> backup.manifest().started().toInstant());
        List<Backup> good = all.stream().filter(Backup::good).filter(fits).toList();
        return good.stream().filter(backup -> !inFuture(backup)).max(byTime).or(() -> good.stream()
                .min(byTime));
    }

    private boolean inFuture(Backup backup) {
        return backup.manifest().started().toInstant().isAfter(clock.instant());
    }

    private boolean older(Backup backup, Duration limit) {
        return inFuture(backup)
                || backup.manifest().started().toInstant().plus(limit).isBefore(clock.instant());
    }
}
