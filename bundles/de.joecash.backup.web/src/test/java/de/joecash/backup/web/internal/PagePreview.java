package de.joecash.backup.web.internal;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Finding;
import de.joecash.backup.HostSales;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Sales;
import de.joecash.backup.SquareCode;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.Samples;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Serves the page over invented backups, to look at: {@code PagePreview PORT [safe|overdue|danger]}. Every run goes
 * through its phases in some seconds; transfers to the data centre fail.
 */
final class PagePreview {
    private static final Place STICK = new Place("medium", "/media/usb0");
    private static final Place CENTRE = new Place("data-centre", "");

    private static final HostSales SALES =
            from -> Optional.of(new Sales(87, new BigDecimal("4210.50"), Currency.getInstance("EUR")));

    private final ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Europe/Berlin"));
    private final FakeBackupService backups = new FakeBackupService();
    private final PageFiles files = new PageFiles();
    private final Endpoints endpoints;
    private volatile List<LocalTime> times = List.of(LocalTime.of(7, 0), LocalTime.of(21, 0));

    private PagePreview(String level) {
        ZonedDateTime newest =
                switch (level) {
                    case "safe" -> now.minusHours(3);
                    case "overdue" -> now.minusHours(26);
                    default -> now.minusDays(9);
                };
        for (int i = 0; i < 12; i++) {
            BackupKind kind = i == 3 ? BackupKind.SAFETY : i % 3 == 0 ? BackupKind.MANUAL : BackupKind.AUTOMATIC;
            Backup backup = Samples.backup(42L - i, kind, newest.minusHours(14L * i));
            backups.backups.add(i % 2 == 1 ? copied(backup) : backup);
        }
        Backup bad = backups.backups.remove(4);
        backups.backups.add(new Backup(
                bad.manifest(),
                bad.provenAt(),
                Optional.of(new Problem.ArchiveDamaged(bad.id().value(), "Prüfsumme")),
                List.of()));
        backups.places.addAll(List.of(STICK, CENTRE));
        backups.backups.forEach(backup -> backups.remote.add(RemoteBackup.of(backup.manifest())));
        backups.remote.add(RemoteBackup.of(Samples.manifest(7, BackupKind.MANUAL, now.minusDays(20))));
        backups.status = new Status(
                now.toInstant(),
                Optional.of(backups.backups.get(0)),
                !level.equals("safe"),
                Optional.of(backups.backups.get(1)),
                level.equals("danger"),
                1,
                Optional.empty(),
                Optional.empty(),
                drills(level));
        if (!level.equals("safe")) {
            backups.transfers.add(new Transfer(
                    "t1",
                    backups.backups.get(0).id(),
                    CENTRE,
                    Transfer.State.WAITING,
                    3,
                    Optional.of(now.plusMinutes(4).toInstant()),
                    Optional.empty(),
                    Optional.of(new Problem.ServerUnreachable("data-centre", "timed out"))));
        }
        backups.sheet = Optional.of(new RecoverySheet(
                now,
                new Secret("AGE-SECRET-KEY-1" + "Q5".repeat(29)),
                "age1" + "q5".repeat(29),
                backups.keys.till(),
                List.of("data-centre  sftp://backup.example.com:22"),
                new SquareCode(33, BitSet.valueOf(new Random(1).longs(18).toArray()))));
        AutomaticRuns automatic = new AutomaticRuns() {
            @Override
            public ZoneId zone() {
                return now.getZone();
            }

            @Override
            public ZonedDateTime next() {
                return now.plusDays(1).withHour(7).withMinute(0);
            }

            @Override
            public List<LocalTime> times() {
                return times;
            }

            @Override
            public void change(List<LocalTime> others) {
                times = others;
            }
        };
        Optional<AutomaticRuns> booked = level.equals("danger") ? Optional.empty() : Optional.of(automatic);
        endpoints = new Endpoints(
                new Board(
                        backups,
                        new FakeRetention(),
                        new RecentRuns(Clock.systemUTC()),
                        new SoldSince(() -> Optional.of(SALES), Clock.systemUTC()),
                        new Extras(() -> booked, Optional::empty, Optional::empty)),
                files.version());
    }

    /** Passed, never made, or failed. */
    private DrillStatus drills(String level) {
        Backup newest = backups.backups.get(0);
        Optional<Problem> wrong = level.equals("danger")
                ? Optional.of(new Problem.BooksWrong(
                        newest.id().value(), List.of(new Finding("Beleg 17 fehlt", "receipt 17 is missing"))))
                : Optional.empty();
        backups.backups.set(
                0, Samples.drilled(newest, new DrillResult(now.minusDays(2).toInstant(), wrong)));
        return level.equals("overdue")
                ? new DrillStatus(
                        Optional.empty(), true, Optional.of(now.plusDays(3)), Optional.of(new Problem.DatabaseLocked()))
                : new DrillStatus(
                        Optional.of(backups.backups.get(0)), false, Optional.of(now.plusDays(3)), Optional.empty());
    }

    public static void main(String[] args) throws IOException {
        PagePreview preview = new PagePreview(args.length > 1 ? args[1] : "safe");
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/backup/", preview::answer);
        server.start();
        new Timer("runs")
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                preview.advance();
                            }
                        },
                        300,
                        300);
    }

    private static Backup copied(Backup backup) {
        Instant at = backup.provenAt().plusSeconds(40);
        return Samples.copied(backup, new Copy(CENTRE, "x", at, 200_000, true, Copy.Proof.LENGTH_EQUAL));
    }

    private void advance() {
        for (FakeRun run : backups.runs) {
            Progress progress = run.progress();
            if (progress.phase() == Phase.ENDED) {
                continue;
            }
            double share = progress.share().orElse(0) + 0.05;
            if (share < 1) {
                Phase phase = share < 0.5 ? Phase.DUMPING : Phase.VERIFYING;
                run.at(new Progress(phase, (long) (share * 48e6), OptionalDouble.of(share)));
            } else {
                run.end(
                        switch (run.kind()) {
                            case SEND -> new Outcome.Failed(new Problem.ServerUnreachable("data-centre", "timed out"));
                            case VERIFY -> new Outcome.Failed(new Problem.ArchiveDamaged("x", "CRC"));
                            default ->
                                new Outcome.Succeeded(
                                        backups.backups.get(0), Set.of(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK));
                        });
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/backup".length());
        Optional<PageFiles.PageFile> file = files.find(path);
        String query = exchange.getRequestURI().getQuery();
        String body =
                query == null ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) : query;
        String language = exchange.getRequestHeaders().getFirst("Accept-Language");
        Texts texts =
                Texts.of(List.of(Locale.forLanguageTag(language == null ? "en" : language.replaceAll("[,;].*", ""))));
        int status = 200;
        byte[] bytes;
        exchange.getResponseHeaders().add("Content-Security-Policy", "default-src 'self'");
        if (file.isPresent()) {
            exchange.getResponseHeaders().add("Content-Type", file.get().type());
            bytes = file.get().bytes();
        } else {
            Reply reply = endpoints.answer(
                    exchange.getRequestMethod(),
                    path.replace("/api/v1", ""),
                    body,
                    new Reader(texts, Role.ADMINISTRATOR));
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            status = reply.status();
            bytes = new Gson().toJson(reply.body()).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
