package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Fate;
import de.joecash.backup.Manifest;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.web.internal.Asks.RetentionAsk;
import de.joecash.backup.web.internal.Views.FateView;
import de.joecash.backup.web.internal.Views.RetentionView;
import java.util.List;
import java.util.Map;

/** How many backups are kept, and what becomes of which by that. Thread-safe. */
final class RetentionEndpoints {
    private final Board board;

    RetentionEndpoints(Board board) {
        this.board = board;
    }

    Map<String, Endpoint> gets() {
        return Map.of("/retention", Endpoint.of(Role.ADMINISTRATOR, this::preview));
    }

    Map<String, Endpoint> posts() {
        return Map.of("/retention", Endpoint.of(Role.ADMINISTRATOR, this::change));
    }

    /** By the rules in force where the query names no others. */
    private Reply preview(String query, Texts texts) throws BackupException {
        return shown(query.isEmpty() ? board.retention().rules() : Asks.rules(query, texts));
    }

    private Reply change(String body, Texts texts) throws BackupException {
        RetentionRules rules = Asks.rules(Asks.read(body, RetentionAsk.class, texts), texts);
        board.retention().change(rules);
        return shown(rules);
    }

    private Reply shown(RetentionRules rules) {
        List<Backup> all = board.backups().list();
        Map<BackupId, Fate> fates = board.retention().preview(rules, all);
        return Reply.ok(new RetentionView(
                rules.keep(),
                rules.keepSafety(),
                all.stream()
                        .map(backup -> shown(backup.manifest(), fates.get(backup.id())))
                        .toList()));
    }

    private static FateView shown(Manifest manifest, Fate fate) {
        return new FateView(
                manifest.id().value(), Moment.of(manifest.started()), manifest.kind(), manifest.storedBytes(), fate);
    }
}
