package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.web.internal.Asks.BackupAsk;
import de.joecash.backup.web.internal.Asks.RemarkAsk;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is asked of the list of backups, and said about one of them. Thread-safe. */
final class ListEndpoints {
    /** How many backups are listed at once. */
    static final int MOST = 200;

    private static final int DAYS = 30;

    private final Board board;

    ListEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> gets() {
        return Map.of(
                "/backups",
                Endpoint.of(Role.CASHIER, this::list),
                "/days",
                Endpoint.of(Role.CASHIER, (query, texts) -> days()));
    }

    Map<String, Endpoint> posts() {
        return Map.of(
                "/remark",
                Endpoint.of(Role.MANAGER, this::remark),
                "/nothing-lost",
                Endpoint.of(Role.MANAGER, this::nothingLost));
    }

    /** A part of the list, so that a till with ten thousand backups answers as quickly as one with ten. */
    private Reply list(String query, Texts texts) throws BackupException {
        Part part = Asks.part(query, texts);
        List<Backup> all = board.backups().list();
        Drawing drawing = board.drawing(texts, all);
        Set<BackupId> next = Set.copyOf(board.backups().goingNext(all));
        return Reply.ok(all.stream()
                .filter(part.only()::holds)
                .skip(part.from())
                .limit(MOST)
                .map(backup ->
                        next.contains(backup.id()) ? drawing.backup(backup).goingNext() : drawing.backup(backup))
                .toList());
    }

    private Reply days() {
        return Reply.ok(
                board.backups().lastDays(DAYS).stream().map(Drawing::day).toList());
    }

    private Reply nothingLost(String body, Texts texts) throws BackupException {
        board.backups()
                .nothingLost(Asks.id(Asks.read(body, BackupAsk.class, texts).backup(), texts));
        return Reply.ok(Map.of());
    }

    private Reply remark(String body, Texts texts) throws BackupException {
        RemarkAsk ask = Asks.read(body, RemarkAsk.class, texts);
        Backup said = board.backups().remark(Asks.id(ask.backup(), texts), Asks.remark(ask, texts));
        return Reply.ok(board.drawing(texts, List.of(said)).backup(said));
    }
}
