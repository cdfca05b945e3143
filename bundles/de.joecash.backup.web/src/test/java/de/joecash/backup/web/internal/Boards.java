package de.joecash.backup.web.internal;

import de.joecash.backup.BackupService;
import de.joecash.backup.testkit.FakeRetention;
import java.time.Clock;
import java.util.Optional;

/** Boards of tests that are about one part of them. */
final class Boards {
    private Boards() {}

    static Board of(BackupService backups) {
        return of(backups, new Extras(Optional::empty, Optional::empty, Optional::empty));
    }

    static Board of(BackupService backups, Extras extras) {
        return new Board(
                backups,
                new FakeRetention(),
                new RecentRuns(Clock.systemUTC()),
                new SoldSince(Optional::empty, Clock.systemUTC()),
                extras);
    }
}
