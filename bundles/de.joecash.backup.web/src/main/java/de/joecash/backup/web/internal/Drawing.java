package de.joecash.backup.web.internal;

import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Loss;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.Sales;
import de.joecash.backup.SavedDay;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.web.internal.Views.BackupView;
import de.joecash.backup.web.internal.Views.CopyView;
import de.joecash.backup.web.internal.Views.DayView;
import de.joecash.backup.web.internal.Views.DrillView;
import de.joecash.backup.web.internal.Views.DrillsView;
import de.joecash.backup.web.internal.Views.LossView;
import de.joecash.backup.web.internal.Views.MediumView;
import de.joecash.backup.web.internal.Views.NewestView;
import de.joecash.backup.web.internal.Views.PlaceView;
import de.joecash.backup.web.internal.Views.ProblemView;
import de.joecash.backup.web.internal.Views.ProgressView;
import de.joecash.backup.web.internal.Views.RemoteView;
import de.joecash.backup.web.internal.Views.RunView;
import de.joecash.backup.web.internal.Views.SalesView;
import de.joecash.backup.web.internal.Views.SealingView;
import de.joecash.backup.web.internal.Views.StateView;
import de.joecash.backup.web.internal.Views.TransferView;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns what the API gives into what the page shows.
 *
 * @param locale the reader's
 * @param zone the shop's
 */
record Drawing(Locale locale, ZoneId zone) {
    /** The shop's zone is the schedule's, else that of the newest backup, else the server's. */
    static Drawing of(Locale locale, Optional<AutomaticRuns> automatic, List<Backup> newestFirst) {
        ZoneId zone = automatic
                .map(AutomaticRuns::zone)
                .or(() -> newestFirst.stream()
                        .findFirst()
                        .map(backup -> backup.manifest().started().getZone()))
                .orElseGet(ZoneId::systemDefault);
        return new Drawing(locale, zone);
    }

    StateView state(
            String page,
            Status status,
            List<Backup> newestFirst,
            Optional<AutomaticRuns> automatic,
            List<RecentRuns.Watched> runs,
            List<Transfer> transfers,
            SealingView sealing,
            SalesView unsaved,
            List<MediumView> media) {
        Safety safety = status.safety();
        return new StateView(
                Moment.of(status.at(), zone),
                page,
                safety.level(),
                safety,
                status.obstacle().map(this::problem).orElse(null),
                status.newestGood()
                        .map(backup -> newest(backup, backup.provenAt(), null))
                        .orElse(null),
                status.backupOverdue(),
                status.newestOffServer().map(this::newestOffServer).orElse(null),
                status.offServerOverdue(),
                drills(status.drills()),
                loss(status),
                automatic.map(next -> Moment.of(next.next())).orElse(null),
                automatic
                        .map(made ->
                                made.times().stream().map(LocalTime::toString).toList())
                        .orElse(null),
                runs.stream().map(this::run).toList(),
                transfers.stream().map(this::transfer).toList(),
                version(newestFirst),
                newestFirst.size(),
                sealing,
                unsaved,
                media);
    }

    /** Changes when the list does. Manifests never change, and are long: their names stand for them. */
    private static String version(List<Backup> newestFirst) {
        int version = newestFirst.size();
        for (Backup backup : newestFirst) {
            version = 31 * version
                    + Objects.hash(
                            backup.id(),
                            backup.provenAt(),
                            backup.damage(),
                            backup.copies(),
                            backup.drill(),
                            backup.remark(),
                            backup.live());
        }
        return Integer.toHexString(version);
    }

    RunView run(RecentRuns.Watched watched) {
        Optional<RecentRuns.End> end = watched.end();
        Optional<Outcome.Succeeded> succeeded = end.map(RecentRuns.End::outcome)
                .filter(Outcome.Succeeded.class::isInstance)
                .map(Outcome.Succeeded.class::cast);
        Optional<Problem> problem = end.map(RecentRuns.End::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).problem());
        return new RunView(
                watched.run().id(),
                watched.run().kind(),
                watched.run().backup().map(BackupId::value).orElse(null),
                progress(watched.run().progress()),
                end.map(ended -> Moment.of(ended.at(), zone)).orElse(null),
                problem.map(this::problem).orElse(null),
                problem.filter(why -> undecided(watched.run(), why)).isPresent() ? true : null,
                succeeded.map(good -> good.proven().stream().sorted().toList()).orElse(null),
                succeeded.map(good -> backup(good.backup())).orElse(null));
    }

    BackupView backup(Backup backup) {
        Manifest manifest = backup.manifest();
        return new BackupView(
                manifest.id().value(),
                manifest.source().till(),
                Moment.of(manifest.started()),
                manifest.kind(),
                manifest.storedBytes(),
                manifest.rows(),
                Moment.of(backup.provenAt(), zone),
                backup.damage().map(this::problem).orElse(null),
                backup.copies().stream().map(this::copy).toList(),
                drill(backup),
                null,
                backup.remark().kept() ? true : null,
                backup.remark().note().isEmpty() ? null : backup.remark().note(),
                backup.live() ? null : true);
    }

    static DayView day(SavedDay saved) {
        return new DayView(saved.day().toEpochDay(), saved.good(), saved.offServer());
    }

    private static boolean undecided(Run run, Problem problem) {
        return run.kind() == Run.Kind.DRILL && !DrillResult.condemns(problem);
    }

    private DrillsView drills(DrillStatus drills) {
        return new DrillsView(
                drills.newest().map(this::drill).orElse(null),
                drills.overdue(),
                drills.next().map(Moment::of).orElse(null),
                drills.hindrance().map(this::problem).orElse(null));
    }

    private static LossView loss(Status status) {
        return status.beforeLoss()
                .map(before -> new LossView(
                        before.id().value(),
                        Moment.of(before.manifest().started()),
                        before.manifest().rows(),
                        before.loss().map(Loss::rowsLeft).orElse(0L)))
                .orElse(null);
    }

    private DrillView drill(Backup backup) {
        return backup.drill()
                .map(result -> new DrillView(
                        backup.id().value(),
                        Moment.of(backup.manifest().started()),
                        Moment.of(result.at(), zone),
                        result.problem().map(this::problem).orElse(null)))
                .orElse(null);
    }

    RemoteView remote(RemoteBackup found, boolean here) {
        return new RemoteView(
                found.id().value(),
                found.manifest().map(said -> said.source().till()).orElse(null),
                found.manifest().map(said -> Moment.of(said.started())).orElse(null),
                found.manifest().map(Manifest::kind).orElse(null),
                found.manifest().map(Manifest::storedBytes).orElse(0L),
                found.manifest().map(Manifest::rows).orElse(0L),
                here,
                found.problem().map(this::problem).orElse(null));
    }

    ProblemView problem(Problem problem) {
        return new ProblemView(
                problem.code(),
                problem.cause(locale),
                problem.consequence(locale),
                problem.nextStep(locale),
                problem.passing(),
                problem instanceof Problem.SignerUnknown unknown ? unknown.fingerprint() : null);
    }

    static SalesView sales(Sales sales, boolean turnover) {
        return turnover
                ? new SalesView(
                        sales.receipts(), sales.turnover(), sales.currency().getCurrencyCode(), null)
                : new SalesView(sales.receipts(), null, null, null);
    }

    static PlaceView place(Place place) {
        return new PlaceView(place.destination(), place.directory());
    }

    private NewestView newest(Backup backup, Instant since, PlaceView place) {
        return new NewestView(
                backup.id().value(), Moment.of(backup.manifest().started()), Moment.of(since, zone), place);
    }

    private NewestView newestOffServer(Backup backup) {
        return backup.copies().stream()
                .filter(Copy::offServer)
                .max(Comparator.comparing(Copy::at))
                .map(copy -> newest(backup, copy.at(), place(copy.place())))
                .orElseGet(() -> newest(backup, backup.provenAt(), null));
    }

    private CopyView copy(Copy copy) {
        return new CopyView(
                place(copy.place()), copy.name(), Moment.of(copy.at(), zone), copy.offServer(), copy.proof());
    }

    private TransferView transfer(Transfer transfer) {
        return new TransferView(
                transfer.id(),
                transfer.backup().value(),
                place(transfer.place()),
                transfer.state(),
                transfer.attempts(),
                transfer.nextAttempt().map(next -> Moment.of(next, zone)).orElse(null),
                transfer.progress().map(Drawing::progress).orElse(null),
                transfer.problem().map(this::problem).orElse(null));
    }

    private static ProgressView progress(Progress progress) {
        Double share = progress.share().isPresent() ? (Double) progress.share().getAsDouble() : null;
        return new ProgressView(progress.phase(), progress.bytes(), share);
    }
}
