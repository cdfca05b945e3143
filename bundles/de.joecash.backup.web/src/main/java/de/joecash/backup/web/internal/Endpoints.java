package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.Keys;
import de.joecash.backup.Problem;
import de.joecash.backup.web.internal.Views.SealingView;
import de.joecash.backup.web.internal.Views.TextsView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What lies under {@code /backup/api/v1}. Thread-safe. */
final class Endpoints {
    /** How many backups are listed at once. */
    static final int MOST = 200;

    private final Board board;
    private final String page;
    private final Map<String, Map<String, Endpoint>> byPathAndMethod = new HashMap<>();

    /**
     * Stands on the API.
     *
     * @param page changes when the page's files do, so that an open page notices an update
     */
    Endpoints(Board board, String page) {
        this.board = board;
        this.page = page;
        PlaceEndpoints places = new PlaceEndpoints(board);
        KeyEndpoints keys = new KeyEndpoints(board.backups());
        add("GET", gets());
        add("GET", places.gets());
        add("GET", keys.gets());
        add("POST", new RunEndpoints(board).posts());
        add("POST", places.posts());
        add("POST", keys.posts());
    }

    private Map<String, Endpoint> gets() {
        return Map.of(
                "/state", Endpoint.of(Role.CASHIER, (body, texts) -> state(texts)),
                "/backups", Endpoint.of(Role.CASHIER, this::list),
                "/texts", new Endpoint(Role.CASHIER, (body, reader) -> texts(reader)));
    }

    private void add(String method, Map<String, Endpoint> endpoints) {
        endpoints.forEach((path, endpoint) ->
                byPathAndMethod.computeIfAbsent(path, key -> new HashMap<>()).put(method, endpoint));
    }

    /** Names all paths. */
    Set<String> paths() {
        return byPathAndMethod.keySet();
    }

    /**
     * Names the methods of a path.
     *
     * @return empty if there is no such path
     */
    Set<String> methods(String path) {
        return byPathAndMethod.getOrDefault(path, Map.of()).keySet();
    }

    /** Says who may ask at a path that is there. */
    Role least(String method, String path) {
        return byPathAndMethod.get(path).get(method).least();
    }

    Reply answer(String method, String path, String body, Reader reader) {
        Texts texts = reader.texts();
        Endpoint endpoint = byPathAndMethod.getOrDefault(path, Map.of()).get(method);
        if (endpoint == null) {
            return (methods(path).isEmpty() ? Refusal.NOT_FOUND : Refusal.METHOD).reply(texts);
        }
        if (!reader.role().includes(endpoint.least())) {
            return Refusal.forRole(endpoint.least()).reply(texts);
        }
        try {
            return endpoint.answer().to(body, reader);
        } catch (BackupException e) {
            return new Reply(
                    status(e.problem()), board.drawing(texts, List.of()).problem(e.problem()));
        }
    }

    private static int status(Problem problem) {
        if (problem instanceof Problem.InvalidInput) {
            return 400;
        }
        return problem instanceof Problem.UnknownBackup ? 404 : 409;
    }

    private Reply state(Texts texts) {
        board.backups().current().ifPresent(board.runs()::watch);
        List<Backup> all = board.backups().list();
        return Reply.ok(board.drawing(texts, all)
                .state(
                        page,
                        board.backups().status(),
                        all,
                        board.automatic().get(),
                        board.runs().list(),
                        board.backups().transfers(),
                        sealing()));
    }

    /** Whether copies are sealed, and to how many; nothing where that cannot be told at present. */
    private SealingView sealing() {
        try {
            Keys keys = board.backups().keys();
            return new SealingView(keys.encrypted(), keys.recipients().size());
        } catch (BackupException e) {
            return null;
        }
    }

    private static Reply texts(Reader reader) {
        Texts texts = reader.texts();
        return Reply.ok(new TextsView(texts.locale().toLanguageTag(), reader.role(), texts.all()));
    }

    /** A part of the list, so that a till with ten thousand backups answers as quickly as one with ten. */
    private Reply list(String query, Texts texts) throws BackupException {
        List<Backup> all = board.backups().list();
        Drawing drawing = board.drawing(texts, all);
        return Reply.ok(all.stream()
                .skip(Asks.from(query, texts))
                .limit(MOST)
                .map(drawing::backup)
                .toList());
    }
}
