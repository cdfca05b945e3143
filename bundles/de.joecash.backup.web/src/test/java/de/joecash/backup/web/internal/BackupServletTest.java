package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Finding;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupServletTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    private static final Place STICK = new Place("medium", "/media/usb0");
    private static final String ID = "kasse1-2026-11-22T070000-000042";

    private final FakeBackupService backups = new FakeBackupService();
    private final BackupServlet servlet = new BackupServlet(backups, new FakeRetention());
    private final Backup manual = Samples.backup(42, BackupKind.MANUAL, SEVEN);

    @Test
    void servesThePageLockedDown() throws Exception {
        Exchange page = Exchange.get("/").at(servlet);

        assertThat(page.status).isEqualTo(200);
        assertThat(page.text()).startsWith("<!doctype html>");
        assertThat(page.answered)
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry(
                        "Content-Security-Policy",
                        "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none';"
                                + " form-action 'self'");
    }

    @Test
    void packsWhatIsReadAndNothingThatMayHoldAKey() throws Exception {
        for (String path : List.of("/app.js", "/api/v1/texts")) {
            Exchange plain = Exchange.get(path).at(servlet);
            Exchange packed =
                    Exchange.get(path).with("Accept-Encoding", "br, gzip").at(servlet);

            assertThat(packed.answered).containsEntry("Content-Encoding", "gzip");
            assertThat(packed.answered.get("Vary")).contains("Accept-Encoding");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).readAllBytes())
                    .isEqualTo(plain.bytes());
            assertThat(packed.bytes().length).isLessThan(plain.bytes().length / 2);
            assertThat(plain.answered).doesNotContainKey("Content-Encoding");
        }
        Exchange done = Exchange.post("/api/v1/trust", "{\"fingerprint\":\"a\"}")
                .with("Accept-Encoding", "gzip")
                .at(servlet);
        assertThat(done.answered).doesNotContainKey("Content-Encoding");
    }

    @Test
    void leadsToThePageWhereTheSlashIsMissing() throws Exception {
        Exchange page = new Exchange("GET", null, "").at(servlet);

        assertThat(page.status).isEqualTo(301);
        assertThat(page.answered).containsEntry("Location", "/backup/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/keys",
                "/sheet.html",
                "/../page.properties",
                "/page_de.properties",
                "/api/v1/nothing",
                "/api/v1/",
                "/api"
            })
    void knowsNothingElse(String path) throws Exception {
        Exchange answer = Exchange.get(path).in(Locale.GERMANY).at(servlet);

        assertThat(answer.status).isEqualTo(404);
        assertThat(answer.string("code")).isEqualTo("NOT_FOUND");
        assertThat(answer.string("cause")).isEqualTo("Das gibt es hier nicht.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/restore, POST",
        "POST,   /api/v1/state,   GET",
        "DELETE, /api/v1/backups, 'GET, POST'",
        "TRACE,  /,               'GET, HEAD'"
    })
    void saysWhichMethodIsRight(String method, String path, String allowed) throws Exception {
        Exchange answer = new Exchange(method, path, "{}").at(servlet);

        assertThat(answer.status).isEqualTo(405);
        assertThat(answer.answered).containsEntry("Allow", allowed);
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void refusesForeignRequestsBeforeAnythingIsDone() throws Exception {
        Exchange answer = Exchange.post("/api/v1/backups", "{}")
                .with("Sec-Fetch-Site", "cross-site")
                .at(servlet);

        assertThat(answer.status).isEqualTo(403);
        assertThat(answer.object().keySet()).contains("code", "cause", "consequence", "nextStep");
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void refusesLongBodies() throws Exception {
        String padded = "{\"backup\":\"" + ID + "\"}";
        assertThat(Exchange.post("/api/v1/verify", padded + " ".repeat(4096 - padded.length()))
                        .at(servlet)
                        .status)
                .isEqualTo(202);
        assertThat(Exchange.post("/api/v1/verify", padded + " ".repeat(4097 - padded.length()))
                        .at(servlet)
                        .status)
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "\"x\"",
                "{}",
                "{\"backup\":7}",
                "{\"backup\":[]}",
                "{\"backup\":null}",
                "{\"backup\":\"../../etc/passwd\"}",
                "{backup:'" + ID + "'}",
                "{\"backup\":\"" + ID + "\"} {}",
            })
    void refusesWhatNamesNoBackup(String body) throws Exception {
        Exchange answer =
                Exchange.post("/api/v1/verify", body).in(Locale.GERMANY).at(servlet);

        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.string("code")).isEqualTo("InvalidInput");
        assertThat(answer.string("cause")).startsWith("Das ist nicht verwendbar: ");
        assertThat(answer.text()).doesNotContain("Exception", "etc/passwd", "\tat ");
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void saysNothingOfWhatWentWrongInside() throws Exception {
        backups.status = null;

        Exchange answer = Exchange.get("/api/v1/state").at(servlet);

        assertThat(answer.status).isEqualTo(500);
        assertThat(answer.string("code")).isEqualTo("FAULT");
        assertThat(answer.text()).doesNotContain("Exception");
    }

    @Test
    void aBackupIsStartedOnceAndSeenByEverybody() throws Exception {
        Exchange first = Exchange.post("/api/v1/backups", "{}").at(servlet);
        Exchange second = Exchange.post("/api/v1/backups", "{}").at(servlet);
        backups.runs.get(0).at(new Progress(Phase.DUMPING, 12_300_000, OptionalDouble.of(0.25)));

        JsonArray runs = Exchange.get("/api/v1/state").at(servlet).object().getAsJsonArray("runs");

        assertThat(first.status).isEqualTo(202);
        assertThat(second.string("id")).isEqualTo(first.string("id"));
        assertThat(backups.requests).first().isEqualTo(CreateRequest.manual("page"));
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).getAsJsonObject().get("progress"))
                .hasToString("{\"phase\":\"DUMPING\",\"bytes\":12300000,\"share\":0.25}");
    }

    @Test
    void showsARunThatTheScheduleBeganAndHowItEnded() throws Exception {
        Run run = backups.create(new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty()));
        assertThat(Exchange.get("/api/v1/state").at(servlet).text()).contains(run.id());

        Problem problem = new Problem.NoDatabase();
        backups.runs.get(0).end(new Outcome.Failed(problem));

        JsonObject ended = onlyRun(Locale.GERMANY);
        assertThat(ended.getAsJsonObject("problem").get("cause").getAsString()).isEqualTo(problem.cause(Locale.GERMAN));
        assertThat(ended.has("ended")).isTrue();
    }

    @Test
    void handsOutTheFileAsItIs() throws Exception {
        backups.backups.add(manual);
        backups.archive = new byte[] {0x1f, (byte) 0x8b, 8, 0};

        Exchange file = Exchange.get("/api/v1/archive")
                .query("backup=" + ID)
                .with("Accept-Encoding", "gzip")
                .at(servlet);

        assertThat(file.bytes()).isEqualTo(backups.archive);
        assertThat(file.answered)
                .containsEntry("Content-Type", "application/gzip")
                .containsEntry(
                        "Content-Length", String.valueOf(manual.manifest().archiveBytes()))
                .containsEntry("Content-Disposition", "attachment; filename=\"" + ID + ".sql.gz\"")
                .containsEntry("Cache-Control", "no-store")
                .doesNotContainKey("Content-Encoding");
        assertThat(Exchange.get("/api/v1/archive")
                        .query("backup=" + ID)
                        .with("Sec-Fetch-Site", "cross-site")
                        .at(servlet)
                        .status)
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "backup=../../etc/passwd, 400",
        "backup=..%2Fcatalogue, 400",
        "backup=kasse1-2026-11-22T070000-000043, 404"
    })
    void handsOutNothingElse(String query, int status) throws Exception {
        backups.backups.add(manual);

        assertThat(Exchange.get("/api/v1/archive").query(query).at(servlet).status)
                .isEqualTo(status);
    }

    @Test
    void whoCannotBeToldByItselfIsToldToAsk() throws Exception {
        Exchange answer = Exchange.get("/api/v1/events").at(servlet);

        assertThat(answer.status).isEqualTo(503);
        assertThat(answer.string("code")).isEqualTo("NO_STREAM");
        assertThat(Exchange.get("/api/v1/events")
                        .with("Sec-Fetch-Site", "cross-site")
                        .at(servlet)
                        .status)
                .isEqualTo(403);
    }

    @Test
    void aTransferThatArrivedSaysWhere() throws Exception {
        Exchange.post("/api/v1/send", "{}").at(servlet);
        Copy copy = new Copy(STICK, ID + ".sql.gz", SEVEN.toInstant(), 200_000, true, Copy.Proof.CONTENT_EQUAL);
        backups.runs
                .get(0)
                .end(new Outcome.Succeeded(Samples.copied(manual, copy), Set.of(Outcome.Proof.COPY_CONTENT_EQUAL)));

        JsonObject ended = onlyRun(Locale.ENGLISH);

        assertThat(ended.get("proven")).hasToString("[\"COPY_CONTENT_EQUAL\"]");
        assertThat(ended.getAsJsonObject("result")
                        .getAsJsonArray("copies")
                        .get(0)
                        .toString())
                .contains("{\"destination\":\"medium\",\"directory\":\"/media/usb0\"}");
    }

    @ParameterizedTest
    @CsvSource({"en, RESTORE", "de, WIEDERHERSTELLEN"})
    void restoresOnlyWithTheTypedWord(Locale locale, String word) throws Exception {
        for (String typed : List.of("", "restore!", "JA")) {
            Exchange refused = Exchange.post(
                            "/api/v1/restore", "{\"backup\":\"" + ID + "\",\"confirm\":\"" + typed + "\"}")
                    .in(locale)
                    .at(servlet);
            assertThat(refused.status).isEqualTo(400);
        }
        assertThat(backups.runs).isEmpty();

        Exchange accepted = Exchange.post("/api/v1/restore", "{\"backup\":\"" + ID + "\",\"confirm\":\"" + word + "\"}")
                .in(locale)
                .at(servlet);

        assertThat(accepted.status).isEqualTo(202);
        assertThat(backups.restoredInto).containsExactly(Optional.empty());
    }

    @Test
    void restoresAndFetchesTheDatabaseAloneWhereItsFilesAreLost() throws Exception {
        String body = "{\"backup\":\"" + ID + "\",\"confirm\":\"RESTORE\",\"withoutFiles\":true}";
        backups.places.add(STICK);

        assertThat(Exchange.post("/api/v1/restore", body).at(servlet).status).isEqualTo(202);
        assertThat(Exchange.post("/api/v1/adopt", body).at(servlet).status).isEqualTo(202);
        assertThat(Exchange.post("/api/v1/restore", body.replace("RESTORE", "YES"))
                        .at(servlet)
                        .status)
                .isEqualTo(400);
        assertThat(Exchange.post(
                                "/api/v1/fetch",
                                "{\"destination\":\"medium\",\"directory\":\"/media/usb0\",\"backup\":\"" + ID
                                        + "\",\"withoutFiles\":true}")
                        .at(servlet)
                        .status)
                .isEqualTo(202);

        assertThat(backups.databasesAlone).hasSize(3);
        assertThat(backups.adopted).hasSize(1);
        assertThat(backups.fetchedWith).hasSize(1);
    }

    @Test
    void listsBackupsInTheShopsTime() throws Exception {
        backups.backups.add(manual);

        JsonObject backup = Exchange.get("/api/v1/backups")
                .at(servlet)
                .json()
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();

        assertThat(backup.getAsJsonObject("started").get("local").getAsString()).isEqualTo("2026-11-22T07:00:00");
        assertThat(backup.getAsJsonObject("started").get("epoch").getAsLong())
                .isEqualTo(SEVEN.toInstant().toEpochMilli());
        assertThat(backup.get("rows").getAsLong()).isEqualTo(50_000);
        assertThat(backup.keySet()).doesNotContain("manifest", "contentSha256");
    }

    @Test
    void tellsWhatTheNextBackupRemoves() throws Exception {
        backups.backups.addAll(List.of(manual, Samples.backup(43, BackupKind.MANUAL, SEVEN.plusHours(1))));
        backups.goingNext.add(manual.id());

        JsonArray list = Exchange.get("/api/v1/backups").at(servlet).json().getAsJsonArray();

        assertThat(list.get(0).getAsJsonObject().has("goesNext")).isFalse();
        assertThat(list.get(1).getAsJsonObject().get("goesNext").getAsBoolean()).isTrue();
    }

    @Test
    void tellsBothAgesAndWhatWaits() throws Exception {
        backups.backups.add(manual);
        backups.status = new Status(
                SEVEN.toInstant(),
                Optional.of(manual),
                false,
                Optional.empty(),
                true,
                1,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none());
        backups.transfers.add(new Transfer(
                "t1",
                manual.id(),
                new Place("data-centre", ""),
                Transfer.State.WAITING,
                3,
                Optional.of(SEVEN.toInstant()),
                Optional.empty(),
                Optional.of(new Problem.ServerUnreachable("data-centre", "timed out"))));

        JsonObject state = Exchange.get("/api/v1/state").at(servlet).object();

        assertThat(state.get("level").getAsString()).isEqualTo("OVERDUE");
        assertThat(state.get("reason").getAsString()).isEqualTo("NO_COPY");
        assertThat(state.getAsJsonObject("newestGood").get("backup").getAsString())
                .isEqualTo(ID);
        assertThat(state.keySet()).doesNotContain("newestOffServer", "nextAutomatic");
        JsonObject transfer = state.getAsJsonArray("transfers").get(0).getAsJsonObject();
        assertThat(transfer.getAsJsonObject("problem").get("passing").getAsBoolean())
                .isTrue();
        assertThat(transfer.getAsJsonObject("next").get("local").getAsString()).isEqualTo("2026-11-22T07:00:00");
    }

    @Test
    void tellsWhatADrillFoundWrongInTheReadersWords() throws Exception {
        Problem books = new Problem.BooksWrong(ID, List.of(new Finding("Beleg 17 fehlt", "receipt 17 is missing")));
        Backup drilled =
                Samples.drilled(manual, new DrillResult(SEVEN.plusHours(1).toInstant(), Optional.of(books)));
        backups.backups.add(drilled);
        DrillStatus drills = new DrillStatus(
                Optional.of(drilled), true, Optional.of(SEVEN.plusDays(7)), Optional.of(new Problem.DatabaseLocked()));
        backups.status = new Status(
                SEVEN.toInstant(),
                Optional.of(drilled),
                false,
                Optional.of(drilled),
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                drills);

        JsonObject state =
                Exchange.get("/api/v1/state").in(Locale.GERMANY).at(servlet).object();

        assertThat(state.get("level").getAsString()).isEqualTo("DANGER");
        assertThat(state.get("reason").getAsString()).isEqualTo("DRILL_FAILED");
        JsonObject shown = state.getAsJsonObject("drills");
        assertThat(shown.get("overdue").getAsBoolean()).isTrue();
        assertThat(shown.getAsJsonObject("next").get("local").getAsString()).isEqualTo("2026-11-29T07:00:00");
        assertThat(shown.getAsJsonObject("hindrance").get("code").getAsString()).isEqualTo("DatabaseLocked");
        JsonObject newest = shown.getAsJsonObject("newest");
        assertThat(newest.getAsJsonObject("problem").get("cause").getAsString()).contains("Beleg 17 fehlt");
        assertThat(newest.getAsJsonObject("at").get("local").getAsString()).isEqualTo("2026-11-22T08:00:00");
        assertThat(Exchange.get("/api/v1/backups").at(servlet).text()).contains("receipt 17 is missing");
    }

    @Test
    void tellsWhatWasLostAndWhichBackupHoldsIt() throws Exception {
        Backup small = Samples.holding(Samples.backup(43, BackupKind.AUTOMATIC, SEVEN.plusHours(14)), 17);
        backups.status =
                Samples.status(SEVEN.plusHours(15).toInstant(), small, Optional.of(Samples.beforeLoss(manual, 17)));

        JsonObject state = Exchange.get("/api/v1/state").at(servlet).object();

        assertThat(state.get("level").getAsString()).isEqualTo("DANGER");
        assertThat(state.get("reason").getAsString()).isEqualTo("LOSS");
        JsonObject loss = state.getAsJsonObject("loss");
        assertThat(loss.get("backup").getAsString()).isEqualTo(ID);
        assertThat(loss.get("rows").getAsLong()).isEqualTo(50_000);
        assertThat(loss.get("left").getAsLong()).isEqualTo(17);
    }

    @Test
    void takesAWordForItThatNothingIsMissing() throws Exception {
        backups.backups.add(Samples.beforeLoss(manual, 17));

        assertThat(Exchange.post("/api/v1/nothing-lost", "{\"backup\":\"" + ID + "\"}")
                        .at(servlet)
                        .status)
                .isEqualTo(200);

        assertThat(backups.backups.get(0).loss()).isEmpty();
    }

    @Test
    void startsADrillAndSaysWhereItSaidNothingAboutTheBackup() throws Exception {
        assertThat(Exchange.post("/api/v1/drill", "{}").at(servlet).status).isEqualTo(202);
        assertThat(Exchange.post("/api/v1/drill", "{\"backup\":\"" + ID + "\"}").at(servlet).status)
                .isEqualTo(202);
        assertThat(backups.runs).extracting(FakeRun::kind).containsOnly(Run.Kind.DRILL);
        assertThat(backups.runs).extracting(run -> run.backup().isPresent()).containsExactly(false, true);
        backups.runs.get(0).end(new Outcome.Failed(new Problem.NoScratchDatabase("no rights")));
        backups.runs.get(1).end(new Outcome.Failed(new Problem.RestoreFailed("broken")));

        String state = Exchange.get("/api/v1/state").at(servlet).text();

        assertThat(state).containsOnlyOnce("\"undecided\":true");
        assertThat(state.indexOf("NoScratchDatabase")).isLessThan(state.indexOf("undecided"));
    }

    @Test
    void saysWhatKeepsBackupsFromBeingMade() throws Exception {
        backups.status = new Status(
                SEVEN.toInstant(),
                Optional.empty(),
                true,
                Optional.empty(),
                true,
                0,
                Optional.of(new Problem.FolderUnusable("/backups", "missing")),
                Optional.empty(),
                DrillStatus.none());

        JsonObject state = Exchange.get("/api/v1/state").at(servlet).object();

        assertThat(state.get("reason").getAsString()).isEqualTo("OBSTACLE");
        assertThat(state.getAsJsonObject("obstacle").get("cause").getAsString()).contains("/backups");
    }

    @Test
    void theCataloguesMarkChangesWithTheCatalogue() throws Exception {
        String empty = Exchange.get("/api/v1/state").at(servlet).string("catalogue");
        backups.backups.add(manual);

        assertThat(Exchange.get("/api/v1/state").at(servlet).string("catalogue"))
                .isNotEqualTo(empty);
    }

    @Test
    void tenThousandBackupsAreListedInParts() throws Exception {
        backups.backups.addAll(IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> Samples.backup(i, BackupKind.AUTOMATIC, SEVEN.plusHours(i)))
                .toList());
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long begun = System.nanoTime();
            Exchange.get("/api/v1/state").at(servlet);
            JsonArray first = Exchange.get("/api/v1/backups").at(servlet).json().getAsJsonArray();
            best = Math.min(best, System.nanoTime() - begun);
            assertThat(first).hasSize(ListEndpoints.MOST);
            assertThat(first.get(0).toString()).contains("-010000\"");
        }
        System.out.println("10,000 backups: state and list after " + best / 1_000_000 + " ms at best");
        assertThat(best).as("ns, however busy the machine is").isLessThan(2_000_000_000L);
        assertThat(Exchange.get("/api/v1/state")
                        .at(servlet)
                        .object()
                        .get("backups")
                        .getAsInt())
                .isEqualTo(10_000);
        JsonArray last = Exchange.get("/api/v1/backups")
                .query("from=9900")
                .at(servlet)
                .json()
                .getAsJsonArray();
        assertThat(last).hasSize(100);
        assertThat(last.get(99).toString()).contains("-000001\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=",
                "from=-1",
                "from=1e3",
                "from=99999999",
                "to=1",
                "from=1&from=2",
                "only=",
                "only=NONE",
                "only=KEPT&",
                "from=1&only=KEPT"
            })
    void refusesAPartOfTheListThatIsNone(String query) throws Exception {
        assertThat(Exchange.get("/api/v1/backups").query(query).at(servlet).status)
                .isEqualTo(400);
    }

    @Test
    void fetchesOnlyFromPlacesItWasShown() throws Exception {
        backups.places.add(STICK);
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        String stick = "{\"destination\":\"medium\",\"directory\":\"/media/usb0\"";

        assertThat(Exchange.get("/api/v1/places").at(servlet).text()).isEqualTo("[" + stick + "}]");
        assertThat(Exchange.post("/api/v1/remote", stick + "}").at(servlet).text())
                .contains(ID, "\"here\":false");
        assertThat(Exchange.post("/api/v1/fetch", stick + ",\"backup\":\"" + ID + "\"}")
                        .at(servlet)
                        .status)
                .isEqualTo(202);
        assertThat(Exchange.post("/api/v1/remote", "{\"destination\":\"medium\",\"directory\":\"/etc\"}")
                        .at(servlet)
                        .status)
                .isEqualTo(400);
    }

    @Test
    void whatIsNotToBeUsedAtAPlaceIsShownWithTheReason() throws Exception {
        BackupId broken = new BackupId("kasse1-2026-11-22T123000-000099");
        backups.places.add(STICK);
        backups.remote.add(new RemoteBackup(
                broken, Optional.empty(), Optional.of(new Problem.SignatureWrong(broken.value() + ".json"))));

        assertThat(Exchange.post("/api/v1/remote", "{\"destination\":\"medium\",\"directory\":\"/media/usb0\"}")
                        .at(servlet)
                        .text())
                .contains(broken.value(), "\"code\":\"SignatureWrong\"");
    }

    @Test
    void triesOnlyPlacesItWasShownAndSaysHowFarItCame() throws Exception {
        backups.places.add(STICK);
        backups.trial = new PlaceTrial(
                List.of(PlaceTrial.Step.CONNECTED), Optional.of(new Problem.ServerFull("medium", "452 full")));

        JsonObject shown = Exchange.post("/api/v1/try", "{\"destination\":\"medium\",\"directory\":\"/media/usb0\"}")
                .at(servlet)
                .object();

        assertThat(shown.get("passed")).hasToString("[\"CONNECTED\"]");
        assertThat(shown.getAsJsonObject("problem").get("code").getAsString()).isEqualTo("ServerFull");
        assertThat(Exchange.post("/api/v1/try", "{\"destination\":\"medium\",\"directory\":\"/etc\"}")
                        .at(servlet)
                        .status)
                .isEqualTo(400);
    }

    @Test
    void endsATrialWhereOneIsUnderWay() throws Exception {
        backups.trialsUnderWay.add(STICK);
        String ask = "{\"destination\":\"medium\",\"directory\":\"/media/usb0\"}";

        assertThat(Exchange.post("/api/v1/cancel-try", ask).at(servlet).status).isEqualTo(200);
        assertThat(backups.trialsUnderWay).isEmpty();
        assertThat(Exchange.post("/api/v1/cancel-try", ask).at(servlet).status).isEqualTo(400);
    }

    @Test
    void handsTheKeyOnAndNeverGivesItBack() throws Exception {
        backups.places.add(STICK);
        String ask = "{\"destination\":\"medium\",\"directory\":\"/media/usb0\",\"backup\":\"" + ID + "\"";

        String answer = Exchange.post("/api/v1/fetch", ask + ",\"key\":\"AGE-SECRET-KEY-1CANARY\"}")
                .at(servlet)
                .text();
        Exchange.post("/api/v1/fetch", ask + ",\"key\":\" \"}").at(servlet);

        assertThat(answer).doesNotContain("CANARY");
        assertThat(Exchange.get("/api/v1/state").at(servlet).text()).doesNotContain("CANARY");
        assertThat(backups.fetchedWith)
                .containsExactly(Optional.of(new Secret("AGE-SECRET-KEY-1CANARY")), Optional.empty());
        assertThat(Asks.read(ask + ",\"key\":\"AGE-SECRET-KEY-1CANARY\"}", Asks.PlaceAsk.class, null)
                        .toString())
                .doesNotContain("CANARY");
    }

    @Test
    void cancelsWhatIsUnderWayAndSaysWhereNothingIs() throws Exception {
        Exchange.post("/api/v1/backups", "{}").at(servlet);

        assertThat(Exchange.post("/api/v1/cancel", "{\"id\":\"run-1\"}").at(servlet).status)
                .isEqualTo(200);
        assertThat(backups.runs)
                .first()
                .extracting(FakeRun::progress)
                .extracting(Progress::phase)
                .isEqualTo(Phase.ENDED);
        assertThat(Exchange.post("/api/v1/cancel", "{\"id\":\"run-9\"}").at(servlet).status)
                .isEqualTo(400);
    }

    @Test
    void pausesAndResumesWhatIsUnderWayAndSaysWhereNothingIs() throws Exception {
        Exchange.post("/api/v1/backups", "{}").at(servlet);

        assertThat(Exchange.post("/api/v1/pause", "{\"id\":\"run-1\"}").at(servlet).status)
                .isEqualTo(200);
        assertThat(backups.runs)
                .first()
                .extracting(run -> run.progress().phase())
                .isEqualTo(Phase.PAUSED);
        assertThat(Exchange.post("/api/v1/resume", "{\"id\":\"run-1\"}").at(servlet).status)
                .isEqualTo(200);
        assertThat(backups.runs)
                .first()
                .extracting(run -> run.progress().phase())
                .isNotEqualTo(Phase.PAUSED);
        for (String path : List.of("pause", "resume")) {
            assertThat(Exchange.post("/api/v1/" + path, "{\"id\":\"run-9\"}").at(servlet).status)
                    .isEqualTo(400);
        }
    }

    private JsonObject onlyRun(Locale locale) throws Exception {
        JsonArray runs =
                Exchange.get("/api/v1/state").in(locale).at(servlet).object().getAsJsonArray("runs");
        assertThat(runs).hasSize(1);
        return runs.get(0).getAsJsonObject();
    }
}
