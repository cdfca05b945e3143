package de.joecash.backup.web.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.web.internal.Asks.PlaceAsk;
import de.joecash.backup.web.internal.Views.TrialView;
import java.util.List;
import java.util.Map;

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
                "/try", Endpoint.of(Role.ADMINISTRATOR, this::tryOut),
                "/remote", Endpoint.of(Role.ADMINISTRATOR, this::remote),
                "/fetch", Endpoint.of(Role.ADMINISTRATOR, this::fetch));
    }

    private Reply places() {
        return Reply.ok(board.backups().places().stream().map(Drawing::place).toList());
    }

    /** Tries the place, on the request's own thread. */
    private Reply tryOut(String body, Texts texts) throws BackupException {
        PlaceTrial trial = board.backups().tryPlace(known(Asks.read(body, PlaceAsk.class, texts), texts));
        Drawing drawing = board.drawing(texts, List.of());
        return Reply.ok(new TrialView(
                trial.passed(), trial.problem().map(drawing::problem).orElse(null)));
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
        return board.started(board.backups().fetch(known(ask, texts), id, Asks.key(ask.key())), texts);
    }

    /** The page asks only at places that it was shown. */
    private Place known(PlaceAsk ask, Texts texts) throws BackupException {
        Place place = Asks.place(ask, texts);
        if (!board.backups().places().contains(place)) {
            throw new BackupException(Asks.invalid(texts, "place"));
        }
        return place;
    }
}
