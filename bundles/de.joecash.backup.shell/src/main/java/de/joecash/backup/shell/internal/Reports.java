package de.joecash.backup.shell.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the commands print, in one language. */
final class Reports {
    private final Texts texts;
    private final PrintStream out;

    Reports(Texts texts, PrintStream out) {
        this.texts = texts;
        this.out = out;
    }

    void backups(List<Backup> backups) {
        if (backups.isEmpty()) {
            out.println(texts.get("list.empty"));
            return;
        }
        Columns columns = new Columns(headings("backup", "started", "kind", "size", "rows", "state", "copies"));
        for (Backup backup : backups) {
            Manifest manifest = backup.manifest();
            columns.add(
                    manifest.id().value(),
                    texts.time(manifest.started()),
                    texts.kind(manifest.kind()),
                    texts.size(manifest.storedBytes()),
                    texts.number(manifest.rows()),
                    state(backup),
                    backup.copies().stream()
                            .map(Copy::place)
                            .map(Place::toString)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        columns.print(out);
        for (Backup backup : backups) {
            backup.damage()
                    .or(() -> backup.drill().flatMap(DrillResult::problem))
                    .ifPresent(problem -> out.println(problem.message(texts.locale())));
        }
    }

    void remote(List<RemoteBackup> there) {
        if (there.isEmpty()) {
            out.println(texts.get("remote.empty"));
            return;
        }
        Columns columns = new Columns(headings("backup", "started", "kind", "size", "rows", "state"));
        for (RemoteBackup backup : there) {
            Optional<Manifest> manifest = backup.manifest();
            columns.add(
                    backup.id().value(),
                    manifest.map(said -> texts.time(said.started())).orElse(""),
                    manifest.map(said -> texts.kind(said.kind())).orElse(""),
                    manifest.map(said -> texts.size(said.storedBytes())).orElse(""),
                    manifest.map(said -> texts.number(said.rows())).orElse(""),
                    backup.problem().map(problem -> texts.get(state(problem))).orElse(""));
        }
        columns.print(out);
        there.stream()
                .flatMap(backup -> backup.problem().stream())
                .filter(distinctSigners())
                .forEach(this::said);
    }

    private static String state(Problem problem) {
        return problem instanceof Problem.SignerUnknown ? "state.signerUnknown" : "state.unusable";
    }

    /** All backups of a burnt till are signed by one key that nobody here knows yet: that is said once. */
    private static Predicate<Problem> distinctSigners() {
        Set<String> said = new HashSet<>();
        return problem -> !(problem instanceof Problem.SignerUnknown signer) || said.add(signer.fingerprint());
    }

    /** Says why what is newer was not taken; of a till that nobody has confirmed there may be many. */
    void leftOut(List<RemoteBackup> newer) {
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        for (RemoteBackup backup : newer) {
            backup.problem().ifPresent(problem -> {
                if (problem instanceof Problem.SignerUnknown signer) {
                    unknown.computeIfAbsent(signer.fingerprint(), signers -> new ArrayList<>())
                            .add(signer.backup());
                } else {
                    said(problem);
                }
            });
        }
        unknown.forEach(
                (fingerprint, ids) -> out.println(texts.get("fetch.leftOut", String.join(", ", ids), fingerprint)));
    }

    private void said(Problem problem) {
        out.println(problem.message(texts.locale()));
    }

    void places(List<Place> places) {
        if (places.isEmpty()) {
            out.println(texts.get("places.empty"));
        }
        places.forEach(place -> out.println(texts.place(place)));
    }

    /** Lists what waits, in the zone of the shop, which its backups tell. */
    void queue(List<Transfer> transfers, ZoneId zone) {
        if (transfers.isEmpty()) {
            out.println(texts.get("queue.empty"));
            return;
        }
        Columns columns = new Columns(headings("id", "backup", "place", "state", "attempts"));
        for (Transfer transfer : transfers) {
            columns.add(
                    transfer.id(),
                    transfer.backup().value(),
                    transfer.place().toString(),
                    state(transfer, zone),
                    texts.number(transfer.attempts()));
        }
        columns.print(out);
        transfers.stream()
                .map(Transfer::problem)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(problem -> out.println(problem.message(texts.locale())));
    }

    void status(Status status, Optional<ZonedDateTime> nextAutomatic) {
        out.println(texts.get("level." + status.safety()));
        Stream.of(status.obstacle(), status.damage(), status.drills().failure())
                .flatMap(Optional::stream)
                .forEach(problem -> out.println(problem.message(texts.locale())));
        status.beforeLoss().ifPresent(before -> out.println(loss(before)));
        newest("status.backup", status.at(), status.newestGood(), Backup::provenAt);
        newest("status.copy", status.at(), status.newestOffServer(), Reports::lastOffServer);
        drills(status);
        out.println(texts.get("status.queue", status.waitingTransfers()));
        out.println(nextAutomatic
                .map(next -> next.toInstant().isBefore(status.at())
                        ? texts.get("status.catchingUp", texts.time(next))
                        : texts.get("status.next", texts.time(next)))
                .orElseGet(() -> texts.get("status.noNext")));
    }

    private String loss(Backup before) {
        Manifest manifest = before.manifest();
        return texts.get(
                "status.loss",
                manifest.id().value(),
                texts.time(manifest.started()),
                texts.number(manifest.rows()),
                texts.number(before.loss().map(Loss::rowsLeft).orElse(0L)));
    }

    private void drills(Status status) {
        DrillStatus drills = status.drills();
        out.println(drills.newest()
                .flatMap(backup -> backup.drill().map(result -> drilled(status.at(), backup, result)))
                .orElseGet(() -> texts.get("status.drill.none")));
        if (drills.overdue()) {
            out.println(texts.get("status.drill.overdue"));
        }
        drills.hindrance()
                .ifPresent(problem -> out.println(texts.get("status.drill.hindered", problem.cause(texts.locale()))));
        drills.next().ifPresent(next -> out.println(texts.get("status.drill.next", texts.time(next))));
    }

    private String drilled(Instant now, Backup backup, DrillResult result) {
        return texts.get(
                result.passed() ? "status.drill" : "status.drill.failed",
                texts.age(Duration.between(result.at(), now)),
                time(backup.manifest(), result.at()),
                backup.id().value());
    }

    /** That a drill could not be made is no verdict; that is said here, the reason by the command's end. */
    void notPassed(Problem problem) {
        out.println(texts.get(DrillResult.condemns(problem) ? "drill.failed" : "drill.notMade"));
    }

    void succeeded(String key, Outcome.Succeeded end) {
        Manifest manifest = end.backup().manifest();
        String proven = end.proven().stream()
                .sorted()
                .map(proof -> texts.get("proof." + proof))
                .collect(Collectors.joining(", "));
        String where = end.backup().copies().stream()
                .reduce((earlier, later) -> later.at().isBefore(earlier.at()) ? earlier : later)
                .map(copy -> texts.place(copy.place()))
                .orElse("");
        out.println(texts.get(
                key, manifest.id().value(), texts.size(manifest.storedBytes()), texts.number(manifest.rows()), where));
        if (!proven.isEmpty()) {
            out.println(texts.get("proven", proven));
        }
    }

    /** What failed for now goes on by itself; that is said here, the reason by the command's end. */
    void waits(Problem problem) {
        if (problem.passing()) {
            out.println(texts.get("send.waits"));
        }
    }

    private void newest(
            String key, Instant now, Optional<Backup> newest, java.util.function.Function<Backup, Instant> proven) {
        out.println(newest.map(backup -> {
                    ZonedDateTime started = backup.manifest().started();
                    return texts.get(
                            key,
                            texts.age(Duration.between(started.toInstant(), now)),
                            texts.time(started),
                            backup.id().value(),
                            time(backup.manifest(), proven.apply(backup)));
                })
                .orElseGet(() -> texts.get(key + ".none")));
    }

    private static Instant lastOffServer(Backup backup) {
        return backup.copies().stream()
                .filter(Copy::offServer)
                .map(Copy::at)
                .max(Instant::compareTo)
                .orElse(backup.provenAt());
    }

    private String state(Backup backup) {
        boolean expected = backup.live() || backup.manifest().kind() == BackupKind.SAFETY;
        return expected ? condition(backup) : condition(backup) + ", " + texts.get("state.replaced");
    }

    private String condition(Backup backup) {
        if (!backup.good()) {
            return texts.get("state.damaged");
        }
        return backup.drill()
                .map(result -> texts.get(
                        result.passed() ? "state.drilled" : "state.drillFailed", time(backup.manifest(), result.at())))
                .orElseGet(() -> texts.get("state.proven", time(backup.manifest(), backup.provenAt())));
    }

    private String state(Transfer transfer, ZoneId zone) {
        return switch (transfer.state()) {
            case SENDING -> texts.get("queue.SENDING");
            case STOPPED -> texts.get("queue.STOPPED");
            case PAUSED -> texts.get("queue.PAUSED");
            case WAITING ->
                transfer.nextAttempt()
                        .map(next -> texts.get("queue.next", texts.time(next.atZone(zone))))
                        .orElseGet(() -> texts.get("queue.WAITING"));
        };
    }

    private String time(Manifest manifest, Instant instant) {
        return texts.time(instant.atZone(manifest.started().getZone()));
    }

    private String[] headings(String... keys) {
        String[] headings = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            headings[i] = texts.get("heading." + keys[i]);
        }
        return headings;
    }
}
