package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.web.internal.Asks.BackupAsk;
import de.joecash.backup.web.internal.Asks.UnderWayAsk;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What starts a run, holds it up or ends it. Thread-safe. */
final class RunEndpoints {
    private final Board board;

    RunEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> posts() {
        return Map.ofEntries(
                Map.entry("/backups", Endpoint.of(Role.MANAGER, (body, texts) -> create(texts))),
                Map.entry("/verify", Endpoint.of(Role.MANAGER, this::verify)),
                Map.entry("/drill", Endpoint.of(Role.MANAGER, this::drill)),
                Map.entry("/send", Endpoint.of(Role.MANAGER, this::send)),
                Map.entry("/restore", Endpoint.of(Role.ADMINISTRATOR, (body, texts) -> restore(body, texts, false))),
                Map.entry("/adopt", Endpoint.of(Role.ADMINISTRATOR, (body, texts) -> restore(body, texts, true))),
                Map.entry(
                        "/pause",
                        Endpoint.of(Role.MANAGER, (body, texts) -> under(body, texts, board.backups()::pause))),
                Map.entry(
                        "/resume",
                        Endpoint.of(Role.MANAGER, (body, texts) -> under(body, texts, board.backups()::resume))),
                Map.entry(
                        "/cancel",
                        Endpoint.of(Role.MANAGER, (body, texts) -> under(body, texts, board.backups()::cancel))));
    }

    private Reply create(Texts texts) {
        return board.started(board.backups().create(CreateRequest.manual("page")), texts);
    }

    private Reply verify(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return board.started(board.backups().verify(Asks.id(ask.backup(), texts)), texts);
    }

    private Reply drill(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return board.started(board.backups().drill(Asks.optionalId(ask.backup(), texts)), texts);
    }

    private Reply send(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return board.started(board.backups().send(Asks.optionalId(ask.backup(), texts)), texts);
    }

    private Reply restore(String body, Texts texts, boolean anyTills) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        BackupId id = confirmed(ask, texts);
        BackupService backups = board.backups();
        if (ask.withoutFiles()) {
            return board.started(backups.restoreDatabase(id, Optional.empty(), anyTills), texts);
        }
        return board.started(anyTills ? backups.adopt(id) : backups.restore(id, Optional.empty()), texts);
    }

    /** What replaces the live database wants a word that nobody types by accident. */
    private static BackupId confirmed(BackupAsk ask, Texts texts) throws BackupException {
        BackupId id = Asks.id(ask.backup(), texts);
        if (!texts.get("restore.word").equals(ask.confirm())) {
            throw new BackupException(Asks.invalid(texts, "confirm"));
        }
        return id;
    }

    /** Does something to a run or an entry of the queue. */
    private static Reply under(String body, Texts texts, Predicate<String> done) throws BackupException {
        if (!done.test(Asks.underWay(Asks.read(body, UnderWayAsk.class, texts), texts))) {
            throw new BackupException(Asks.invalid(texts, "underWay"));
        }
        return Reply.ok(Map.of());
    }
}
