package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupService;
import de.joecash.backup.Media;
import de.joecash.backup.RetentionSettings;
import de.joecash.backup.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the endpoints stand on. Thread-safe.
 *
 * @param backups the service
 * @param automatic the schedule, where there is one
 * @param runs that the page shows
 * @param sold since the newest backup, and since any other
 * @param media that are plugged in, where the host has settings for one
 * @param retention which backups are kept
 */
record Board(
        BackupService backups,
        Supplier<Optional<AutomaticRuns>> automatic,
        RecentRuns runs,
        SoldSince sold,
        Supplier<Optional<Media>> media,
        RetentionSettings retention) {
    Reply started(Run run, Texts texts) {
        return Reply.accepted(drawing(texts, backups.list()).run(runs.watch(run)));
    }

    Drawing drawing(Texts texts, List<Backup> newestFirst) {
        return Drawing.of(texts.locale(), automatic.get(), newestFirst);
    }
}
