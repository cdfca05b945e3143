package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupService;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.web.internal.Asks.BackupAsk;
import de.joecash.backup.web.internal.Asks.PlaceAsk;
import de.joecash.backup.web.internal.Asks.UnderWayAsk;
import de.joecash.backup.web.internal.Views.TextsView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What lies under {@code /backup/api/v1}. Thread-safe. */
final class Endpoints {
    private final BackupService backups;
    private final Supplier<Optional<AutomaticRuns>> automatic;
    private final RecentRuns runs;
    private final String page;
    private final Map<String, Map<String, Endpoint>> byPathAndMethod = Map.ofEntries(
            Map.entry("/state", Map.of("GET", (body, texts) -> state(texts))),
            Map.entry("/texts", Map.of("GET", (body, texts) -> texts(texts))),
            Map.entry("/backups", Map.of("GET", (body, texts) -> list(texts), "POST", (body, texts) -> create(texts))),
            Map.entry("/verify", Map.of("POST", this::verify)),
            Map.entry("/drill", Map.of("POST", this::drill)),
            Map.entry("/restore", Map.of("POST", this::restore)),
            Map.entry("/send", Map.of("POST", this::send)),
            Map.entry("/places", Map.of("GET", (body, texts) -> places())),
            Map.entry("/remote", Map.of("POST", this::remote)),
            Map.entry("/fetch", Map.of("POST", this::fetch)),
            Map.entry("/pause", Map.of("POST", (body, texts) -> under(body, texts, this::pause))),
            Map.entry("/resume", Map.of("POST", (body, texts) -> under(body, texts, this::resume))),
            Map.entry("/cancel", Map.of("POST", (body, texts) -> under(body, texts, this::cancel))));

    private interface Endpoint {
        Reply answer(String body, Texts texts) throws BackupException;
    }

    /**
     * Stands on the API.
     *
     * @param page changes when the page's files do, so that an open page notices an update
     */
    Endpoints(BackupService backups, Supplier<Optional<AutomaticRuns>> automatic, RecentRuns runs, String page) {
        this.backups = backups;
        this.automatic = automatic;
        this.runs = runs;
        this.page = page;
    }

    /**
     * Names the methods of a path.
     *
     * @return empty if there is no such path
     */
    Set<String> methods(String path) {
        return byPathAndMethod.getOrDefault(path, Map.of()).keySet();
    }

    Reply answer(String method, String path, String body, Texts texts) {
        Endpoint endpoint = byPathAndMethod.getOrDefault(path, Map.of()).get(method);
        if (endpoint == null) {
            return (methods(path).isEmpty() ? Refusal.NOT_FOUND : Refusal.METHOD).reply(texts);
        }
        try {
            return endpoint.answer(body, texts);
        } catch (BackupException e) {
            return new Reply(status(e.problem()), drawing(texts, List.of()).problem(e.problem()));
        }
    }

    private static int status(Problem problem) {
        if (problem instanceof Problem.InvalidInput) {
            return 400;
        }
        return problem instanceof Problem.UnknownBackup ? 404 : 409;
    }

    private Reply state(Texts texts) {
        backups.current().ifPresent(runs::watch);
        List<Backup> all = backups.list();
        return Reply.ok(drawing(texts, all)
                .state(page, backups.status(), all, automatic.get(), runs.list(), backups.transfers()));
    }

    private static Reply texts(Texts texts) {
        return Reply.ok(new TextsView(texts.locale().toLanguageTag(), texts.all()));
    }

    private Reply list(Texts texts) {
        List<Backup> all = backups.list();
        Drawing drawing = drawing(texts, all);
        return Reply.ok(all.stream().map(drawing::backup).toList());
    }

    private Reply create(Texts texts) {
        return started(backups.create(CreateRequest.manual("page")), texts);
    }

    private Reply verify(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return started(backups.verify(Asks.id(ask.backup(), texts)), texts);
    }

    private Reply drill(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return started(backups.drill(Asks.optionalId(ask.backup(), texts)), texts);
    }

    private Reply restore(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        BackupId id = Asks.id(ask.backup(), texts);
        if (!texts.get("restore.word").equals(ask.confirm())) {
            throw new BackupException(Asks.invalid(texts, "confirm"));
        }
        return started(backups.restore(id, Optional.empty()), texts);
    }

    private Reply send(String body, Texts texts) throws BackupException {
        BackupAsk ask = Asks.read(body, BackupAsk.class, texts);
        return started(backups.send(Asks.optionalId(ask.backup(), texts)), texts);
    }

    private Reply places() {
        return Reply.ok(backups.places().stream().map(Drawing::place).toList());
    }

    /** Asks at the place, on the request's own thread. */
    private Reply remote(String body, Texts texts) throws BackupException {
        Place place = known(Asks.read(body, PlaceAsk.class, texts), texts);
        Drawing drawing = drawing(texts, List.of());
        return Reply.ok(backups.listAt(place).stream()
                .map(found -> drawing.remote(found, backups.find(found.id()).isPresent()))
                .toList());
    }

    private Reply fetch(String body, Texts texts) throws BackupException {
        PlaceAsk ask = Asks.read(body, PlaceAsk.class, texts);
        BackupId id = Asks.id(ask.backup(), texts);
        return started(backups.fetch(known(ask, texts), id, Asks.key(ask)), texts);
    }

    private boolean pause(String id) {
        return backups.pause(id);
    }

    private boolean resume(String id) {
        return backups.resume(id);
    }

    private boolean cancel(String id) {
        return backups.cancel(id);
    }

    /** Does something to a run or an entry of the queue. */
    private Reply under(String body, Texts texts, Predicate<String> done) throws BackupException {
        if (!done.test(Asks.underWay(Asks.read(body, UnderWayAsk.class, texts), texts))) {
            throw new BackupException(Asks.invalid(texts, "underWay"));
        }
        return state(texts);
    }

    /** The page asks only at places that it was shown. */
    private Place known(PlaceAsk ask, Texts texts) throws BackupException {
        Place place = Asks.place(ask, texts);
        if (!backups.places().contains(place)) {
            throw new BackupException(Asks.invalid(texts, "place"));
        }
        return place;
    }

    private Reply started(Run run, Texts texts) {
        return Reply.accepted(drawing(texts, backups.list()).run(runs.watch(run)));
    }

    private Drawing drawing(Texts texts, List<Backup> newestFirst) {
        return Drawing.of(texts.locale(), automatic.get(), newestFirst);
    }
}
