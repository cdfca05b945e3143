package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Notifications;
import de.joecash.backup.web.internal.Asks.NotificationsAsk;
import de.joecash.backup.web.internal.Views.NotificationsView;
import java.util.Map;

/** From what on people are told that their data is not safe, and whether that arrives. Thread-safe. */
final class NotificationEndpoints {
    private final Board board;

    NotificationEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> gets() {
        return Map.of("/notifications", Endpoint.of(Role.ADMINISTRATOR, (query, texts) -> shown(texts)));
    }

    Map<String, Endpoint> posts() {
        return Map.of(
                "/notifications",
                Endpoint.of(Role.ADMINISTRATOR, this::change),
                "/notifications-trial",
                Endpoint.of(Role.ADMINISTRATOR, this::trial));
    }

    /** Nothing where the host has no way to people. */
    private Reply shown(Texts texts) {
        return Reply.ok(board.notifications()
                .map(there -> new NotificationsView(there.from(), there.way(texts.locale())))
                .orElseGet(() -> new NotificationsView(null, null)));
    }

    private Reply change(String body, Texts texts) throws BackupException {
        Notifications.From from = Asks.from(Asks.read(body, NotificationsAsk.class, texts), texts);
        there(texts).change(from);
        return shown(texts);
    }

    private Reply trial(String body, Texts texts) throws BackupException {
        there(texts).trial();
        return Reply.ok(Map.of());
    }

    private Notifications there(Texts texts) throws BackupException {
        return board.notifications().orElseThrow(() -> new BackupException(Asks.invalid(texts, "noNotifications")));
    }
}
