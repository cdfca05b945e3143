package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Keys;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.web.internal.Views.MediumView;
import de.joecash.backup.web.internal.Views.SalesView;
import de.joecash.backup.web.internal.Views.SealingView;
import de.joecash.backup.web.internal.Views.TextsView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies under {@code /backup/api/v1}. Thread-safe. */
final class Endpoints {
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
        ListEndpoints list = new ListEndpoints(board);
        RetentionEndpoints retention = new RetentionEndpoints(board);
        NotificationEndpoints notifications = new NotificationEndpoints(board);
        add("GET", gets());
        add("GET", list.gets());
        add("GET", places.gets());
        add("GET", keys.gets());
        add("GET", retention.gets());
        add("GET", notifications.gets());
        add("POST", new RunEndpoints(board).posts());
        add("POST", list.posts());
        add("POST", places.posts());
        add("POST", new ScheduleEndpoints(board).posts());
        add("POST", keys.posts());
        add("POST", retention.posts());
        add("POST", notifications.posts());
    }

    private Map<String, Endpoint> gets() {
        return Map.of(
                "/state",
                new Endpoint(Role.CASHIER, (body, reader) -> state(reader)),
                "/archive",
                Endpoint.of(Role.ADMINISTRATOR, this::archive),
                "/events",
                Endpoint.of(Role.CASHIER, (body, texts) -> Refusal.NO_STREAM.reply(texts)),
                "/lost",
                Endpoint.of(Role.ADMINISTRATOR, this::lost),
                "/texts",
                new Endpoint(Role.CASHIER, (body, reader) -> texts(reader)));
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

    /** Whether something is under way that is seen to move. */
    boolean lively() {
        return board.backups().current().isPresent()
                || board.backups().transfers().stream().anyMatch(entry -> entry.state() == Transfer.State.SENDING);
    }

    private Reply state(Reader reader) {
        board.backups().current().ifPresent(board.runs()::watch);
        List<Backup> all = board.backups().list();
        Status status = board.backups().status();
        return Reply.ok(board.drawing(reader.texts(), all)
                .state(
                        page,
                        status,
                        all,
                        board.automatic(),
                        board.runs().list(),
                        board.backups().transfers(),
                        sealing(),
                        unsaved(status, reader.role()),
                        media(reader.role())));
    }

    /** Only to those who may choose one. */
    private List<MediumView> media(Role role) {
        return board.media()
                .filter(there -> role.includes(Role.ADMINISTRATOR))
                .map(there -> there.list().stream()
                        .map(one -> new MediumView(
                                one.path(),
                                one.format(),
                                one.bytes(),
                                there.chosen(one.path()),
                                there.replaces().orElse(null)))
                        .toList())
                .orElse(null);
    }

    /** What is in no good backup yet; the turnover is not for everybody at the counter. */
    private SalesView unsaved(Status status, Role role) {
        return status.newestGood()
                .flatMap(newest ->
                        board.sold().lately(newest.manifest().started().toInstant()))
                .map(sales -> Drawing.sales(sales, role.includes(Role.MANAGER)))
                .orElse(null);
    }

    /** The file itself: whoever has it has the shop's books, so it is for administrators and noted in the log. */
    private Reply archive(String query, Texts texts) throws BackupException {
        Backup backup = meant(query, texts);
        return Reply.ok(new Download(
                backup.id().value() + ".sql.gz",
                backup.manifest().archiveBytes(),
                board.backups().archive(backup.id())));
    }

    private Backup meant(String query, Texts texts) throws BackupException {
        BackupId id = Asks.backup(query, texts);
        return board.backups().find(id).orElseThrow(() -> new BackupException(new Problem.UnknownBackup(id.value())));
    }

    /** What a restore of a backup takes out of the till: nothing is said where the host does not know. */
    private Reply lost(String query, Texts texts) throws BackupException {
        Backup backup = meant(query, texts);
        Optional<Backup> shared = shared(backup);
        Optional<SalesView> sales = board.sold()
                .now(shared.map(with -> with.manifest().started().toInstant()).orElse(Instant.EPOCH))
                .map(sold -> Drawing.sales(sold, true));
        return Reply.ok((shared.isPresent() ? sales : sales.map(SalesView::ofAll)).orElse(SalesView.UNKNOWN));
    }

    /**
     * The newest backup whose data is in the live database and in that backup: itself, or the one before a restore that
     * replaced it. Empty where nobody knows: of another till's, and of a database that was lost in between.
     */
    private Optional<Backup> shared(Backup backup) {
        if (backup.live()) {
            return Optional.of(backup);
        }
        List<Backup> all = board.backups().list();
        return all.stream()
                .filter(earlier -> earlier.live() && earlier.id().compareTo(backup.id()) < 0)
                .findFirst()
                .filter(earlier -> all.stream()
                        .filter(one ->
                                one.id().compareTo(earlier.id()) > 0 && one.id().compareTo(backup.id()) <= 0)
                        .allMatch(one -> grewOutOf(one.manifest(), earlier.manifest())));
    }

    private static boolean grewOutOf(Manifest later, Manifest earlier) {
        return later.rows() >= earlier.rows()
                && later.source().till().equals(earlier.source().till());
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
}
