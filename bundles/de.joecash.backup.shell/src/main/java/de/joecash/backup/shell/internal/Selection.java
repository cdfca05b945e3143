package de.joecash.backup.shell.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns what a person typed into what is meant: {@code 42}, {@code last} or a full name; a place with or without
 * directory.
 */
final class Selection {
    private static final String LAST = "last";

    private final BackupService backups;

    Selection(BackupService backups) {
        this.backups = backups;
    }

    /** {@code last} is the newest good backup that is no safety backup, so that a repeated restore means the same. */
    BackupId backup(String typed) throws CommandFailed {
        if (typed.equals(LAST)) {
            return backups.status()
                    .newestGood()
                    .map(Backup::id)
                    .orElseThrow(() -> new CommandFailed(new Problem.UnknownBackup(typed)));
        }
        return among(backups.list().stream().map(Backup::id).toList(), typed);
    }

    /** As {@link #backup}, for the live database's place: after a loss {@code last} may be what is left. */
    BackupId toRestore(String typed) throws CommandFailed {
        if (typed.equals(LAST)) {
            refuseAfterLoss(backups.status());
        }
        return backup(typed);
    }

    private static void refuseAfterLoss(Status status) throws CommandFailed {
        if (status.beforeLoss().isPresent()) {
            throw new CommandFailed(Texts.current()
                    .get(
                            "lastAfterLoss",
                            status.beforeLoss().get().id().value(),
                            status.newestGood().map(last -> last.id().value()).orElse("-")));
        }
    }

    /**
     * Newest first come the ids; a number that two of them have is refused; a full name that is not among them is taken
     * as it is, for the core to judge.
     */
    static BackupId among(List<BackupId> newestFirst, String typed) throws CommandFailed {
        if (typed.matches("[0-9]{1,12}")) {
            long sequence = Long.parseLong(typed);
            List<BackupId> meant = newestFirst.stream()
                    .filter(id -> id.sequence() == sequence)
                    .distinct()
                    .toList();
            if (meant.size() > 1) {
                throw new CommandFailed(Texts.current()
                        .get(
                                "ambiguous",
                                typed,
                                meant.stream().map(BackupId::value).collect(Collectors.joining(", "))));
            }
            return meant.stream().findFirst().orElseThrow(() -> new CommandFailed(new Problem.UnknownBackup(typed)));
        }
        try {
            return new BackupId(typed);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(new Problem.UnknownBackup(typed));
        }
    }

    /** A destination alone means its one known place, where it has just one. */
    Place place(String typed) {
        List<Place> known = backups.places();
        List<Place> fitting = known.stream()
                .filter(place ->
                        place.toString().equals(typed) || place.destination().equals(typed))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        int colon = typed.indexOf(':');
        return colon < 0 ? new Place(typed, "") : new Place(typed.substring(0, colon), typed.substring(colon + 1));
    }
}
