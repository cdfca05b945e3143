package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.BackupException;
import de.joecash.backup.web.internal.Asks.TimesAsk;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** When automatic backups are made. Thread-safe. */
final class ScheduleEndpoints {
    private final Board board;

    ScheduleEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> posts() {
        return Map.of("/times", Endpoint.of(Role.ADMINISTRATOR, this::change));
    }

    /** Answers with the times as they are from now on; the schedule itself may be away for a moment. */
    private Reply change(String body, Texts texts) throws BackupException {
        List<LocalTime> times = Asks.times(Asks.read(body, TimesAsk.class, texts), texts);
        AutomaticRuns automatic =
                board.automatic().orElseThrow(() -> new BackupException(Asks.invalid(texts, "notBooked")));
        automatic.change(times);
        return Reply.ok(times.stream().map(LocalTime::toString).toList());
    }
}
