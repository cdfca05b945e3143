package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.FoundMedium;
import de.joecash.backup.Media;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.web.internal.Asks.PlaceAsk;
import de.joecash.backup.web.internal.Asks.StickAsk;
import de.joecash.backup.web.internal.Views.TrialView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked of places outside the backup folder. Thread-safe. */
final class PlaceEndpoints {
    private final Board board;

    PlaceEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> gets() {
        return Map.of("/places", Endpoint.of(Role.ADMINISTRATOR, (body, texts) -> places()));
    }

    Map<String, Endpoint> posts() {
        return Map.of(
                "/stick", Endpoint.of(Role.ADMINISTRATOR, this::stick),
                "/try", Endpoint.of(Role.ADMINISTRATOR, this::tryOut),
                "/cancel-try", Endpoint.of(Role.ADMINISTRATOR, this::cancelTrial),
                "/remote", Endpoint.of(Role.ADMINISTRATOR, this::remote),
                "/fetch", Endpoint.of(Role.ADMINISTRATOR, this::fetch));
    }

    private Reply places() {
        return Reply.ok(known().map(Drawing::place).toList());
    }

    /** Those that copies lie at, and the media that are there now: a stick from the old machine is just plugged in. */
    private Stream<Place> known() {
        Stream<Place> plugged =
                board.media().stream().flatMap(media -> media.list().stream()).map(FoundMedium::place);
        return Stream.concat(board.backups().places().stream(), plugged).distinct();
    }

    /** Makes a medium the one that takes copies, once it was seen to take one, and backs up to it. */
    private Reply stick(String body, Texts texts) throws BackupException {
        StickAsk ask = Asks.read(body, StickAsk.class, texts);
        String path = ask.path();
        Media media = board.media().orElseThrow(() -> new BackupException(Asks.invalid(texts, "place")));
        FoundMedium medium = media.list().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new BackupException(Asks.invalid(texts, "place")));
        // Whoever asks has seen whose place the medium takes.
        if (!media.replaces().equals(Optional.ofNullable(ask.replacing()))) {
            throw new BackupException(Asks.invalid(texts, "replacing"));
        }
        Optional<Problem> problem = board.backups().tryPlace(medium.place()).problem();
        if (problem.isPresent()) {
            throw new BackupException(problem.get());
        }
        media.choose(path, texts.locale());
        Run made = board.backups().create(CreateRequest.manual("page").andSend());
        made.outcome().thenAccept(this::watchCopy);
        return board.started(made, texts);
    }

    /** The core sends it by itself; asking for the same once more gives what can be watched. */
    private void watchCopy(Outcome made) {
        if (made instanceof Outcome.Succeeded good) {
            board.runs().watch(board.backups().send(Optional.of(good.backup().id())));
        }
    }

    /** Tries the place, on the request's own thread. */
    private Reply tryOut(String body, Texts texts) throws BackupException {
        PlaceTrial trial = board.backups().tryPlace(known(Asks.read(body, PlaceAsk.class, texts), texts));
        Drawing drawing = board.drawing(texts, List.of());
        return Reply.ok(new TrialView(
                trial.passed(), trial.problem().map(drawing::problem).orElse(null)));
    }

    private Reply cancelTrial(String body, Texts texts) throws BackupException {
        if (!board.backups().cancelTrial(Asks.place(Asks.read(body, PlaceAsk.class, texts), texts))) {
            throw new BackupException(Asks.invalid(texts, "underWay"));
        }
        return Reply.ok(Map.of());
    }

    /** Asks at the place, on the request's own thread. */
    private Reply remote(String body, Texts texts) throws BackupException {
        Place place = known(Asks.read(body, PlaceAsk.class, texts), texts);
        Drawing drawing = board.drawing(texts, List.of());
        return Reply.ok(board.backups().listAt(place).stream()
                .map(found ->
                        drawing.remote(found, board.backups().find(found.id()).isPresent()))
                .toList());
    }

    private Reply fetch(String body, Texts texts) throws BackupException {
        PlaceAsk ask = Asks.read(body, PlaceAsk.class, texts);
        BackupId id = Asks.id(ask.backup(), texts);
        Place place = known(ask, texts);
        Optional<Secret> key = Asks.key(ask.key());
        return board.started(
                ask.withoutFiles()
                        ? board.backups().fetchDatabase(place, id, key)
                        : board.backups().fetch(place, id, key),
                texts);
    }

    /** The page asks only at places that it was shown. */
    private Place known(PlaceAsk ask, Texts texts) throws BackupException {
        Place place = Asks.place(ask, texts);
        if (known().noneMatch(place::equals)) {
            throw new BackupException(Asks.invalid(texts, "place"));
        }
        return place;
    }
}
