package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupService;
import de.joecash.backup.Media;
import de.joecash.backup.Notifications;
import de.joecash.backup.RetentionSettings;
import de.joecash.backup.Run;
import java.util.List;
import java.util.Optional;

/**
 * What the endpoints stand on. Thread-safe.
 *
 * @param backups the service
 * @param retention which backups are kept
 * @param runs that the page shows
 * @param sold since the newest backup, and since any other
 * @param extras what comes and goes
 */
record Board(BackupService backups, RetentionSettings retention, RecentRuns runs, SoldSince sold, Extras extras) {
    Optional<AutomaticRuns> automatic() {
        return extras.automatic().get();
    }

    Optional<Media> media() {
        return extras.media().get();
    }

    Optional<Notifications> notifications() {
        return extras.notifications().get();
    }

    Reply started(Run run, Texts texts) {
        return Reply.accepted(drawing(texts, backups.list()).run(runs.watch(run)));
    }

    Drawing drawing(Texts texts, List<Backup> newestFirst) {
        return Drawing.of(texts.locale(), automatic(), newestFirst);
    }
}
