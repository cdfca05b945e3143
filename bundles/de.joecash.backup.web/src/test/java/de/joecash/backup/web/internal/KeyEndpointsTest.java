package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.backup.Keys;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.SquareCode;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEndpointsTest {
    private static final String KEY = "AGE-SECRET-KEY-1CANARYCANARYCANARYCANARYCANARYCANARYCANARYCANARYCANA";
    private static final String ID = "kasse1-2026-11-22T070000-000042";

    private final FakeBackupService backups = new FakeBackupService();
    private final BackupServlet servlet = new BackupServlet(backups, new FakeRetention());

    @Test
    void saysWhoCanOpenWhatIsSentAndWhoSigns() throws Exception {
        backups.keys = new Keys(
                "AAAA-BBBB",
                true,
                List.of(new Keys.Recipient("age1vendor", Keys.Origin.CONFIGURATION)),
                List.of("CCCC-DDDD"));

        assertThat(Exchange.get("/api/v1/keys").at(servlet).text())
                .isEqualTo("{\"till\":\"AAAA-BBBB\",\"encrypted\":true,"
                        + "\"recipients\":[{\"publicKey\":\"age1vendor\",\"origin\":\"CONFIGURATION\"}],"
                        + "\"trusted\":[\"CCCC-DDDD\"]}");
    }

    @Test
    void everybodySeesWhetherThereIsAKeyAtAll() throws Exception {
        JsonObject sealing = Exchange.get("/api/v1/state")
                .as(Role.CASHIER)
                .at(servlet)
                .object()
                .getAsJsonObject("sealing");

        assertThat(sealing).hasToString("{\"encrypted\":true,\"recipients\":0}");
    }

    @Test
    void givesASheetOnceInBothLanguagesAndKeepsNothingOfIt() throws Exception {
        backups.sheet = Optional.of(sheet());
        Exchange made = Exchange.post("/api/v1/sheet", "{}").in(Locale.FRENCH).at(servlet);

        assertThat(made.status).isEqualTo(200);
        assertThat(made.answered).containsEntry("Cache-Control", "no-store");
        JsonObject shown = made.object();
        assertThat(String.join(
                        "",
                        shown.getAsJsonArray("key").asList().stream()
                                .map(line -> line.getAsString().replace(" ", ""))
                                .toList()))
                .isEqualTo(KEY);
        assertThat(shown.get("code").getAsString()).startsWith("M4,4h1v1h-1z");
        assertThat(shown.get("size").getAsInt()).isEqualTo(29);
        assertThat(shown.getAsJsonArray("places").toString()).contains("sftp://backup.example.com:22");
        JsonObject words = shown.getAsJsonObject("words");
        assertThat(words.getAsJsonObject("de").get("sheet.made").getAsString())
                .isEqualTo("Erstellt am 22. November 2026");
        assertThat(words.getAsJsonObject("en").get("sheet.made").getAsString()).contains("22 November 2026");
        for (String path : List.of("state", "keys", "texts", "backups")) {
            assertThat(Exchange.get("/api/v1/" + path).at(servlet).text()).doesNotContain("CANARY");
        }
    }

    @Test
    void noTextOfASheetOrAKeyShowsIt() throws Exception {
        backups.sheet = Optional.of(sheet());
        Endpoints endpoints = new Endpoints(Boards.of(backups), "");

        Reply reply =
                endpoints.answer("POST", "/sheet", "{}", new Reader(new Texts(Locale.ENGLISH), Role.ADMINISTRATOR));

        assertThat(reply.toString()).doesNotContain("CANARY");
        assertThat(new Asks.KeyAsk(KEY).toString()).doesNotContain("CANARY");
    }

    @Test
    void saysWhyThereIsNoSheet() throws Exception {
        Exchange refused = Exchange.post("/api/v1/sheet", "{}").at(servlet);

        assertThat(refused.status).isEqualTo(409);
        assertThat(refused.string("code")).isEqualTo("FolderUnusable");
    }

    @Test
    void triesAKeyAndNeverGivesItBack() throws Exception {
        backups.opening.add(new Secret(KEY));

        Exchange right =
                Exchange.post("/api/v1/check-key", "{\"key\":\"" + KEY + "\"}").at(servlet);
        Exchange wrong = Exchange.post("/api/v1/check-key", "{\"key\":\"AGE-SECRET-KEY-1CANARX\"}")
                .at(servlet);

        assertThat(right.text()).isEqualTo("{\"opens\":true}");
        assertThat(right.answered).containsEntry("Cache-Control", "no-store");
        assertThat(wrong.text()).isEqualTo("{\"opens\":false}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"key\":null}", "{\"key\":\" \"}", "{\"key\":7", "[]"})
    void refusesWhatIsNoKey(String body) throws Exception {
        Exchange refused = Exchange.post("/api/v1/check-key", body).at(servlet);

        assertThat(refused.status).isEqualTo(400);
        assertThat(refused.string("code")).isEqualTo("InvalidInput");
    }

    @Test
    void trustsATillByTheMarkThatWasTyped() throws Exception {
        assertThat(Exchange.post("/api/v1/trust", "{\"fingerprint\":\"cccc dddd\"}")
                        .at(servlet)
                        .status)
                .isEqualTo(200);
        for (String body : List.of("{}", "{\"fingerprint\":\"\"}", "{\"fingerprint\":\"" + "A".repeat(201) + "\"}")) {
            assertThat(Exchange.post("/api/v1/trust", body).at(servlet).status).isEqualTo(400);
        }

        assertThat(backups.trusted).containsExactly("cccc dddd");
    }

    @Test
    void aFetchThatIsRefusedNamesTheMarkThatItFound() throws Exception {
        backups.places.add(new Place("data-centre", ""));
        Exchange.post("/api/v1/fetch", "{\"destination\":\"data-centre\",\"directory\":\"\",\"backup\":\"" + ID + "\"}")
                .at(servlet);
        backups.runs.get(0).end(new Outcome.Failed(new Problem.SignerUnknown(ID, "CCCC-DDDD")));

        assertThat(Exchange.get("/api/v1/state").at(servlet).text()).contains("\"fingerprint\":\"CCCC-DDDD\"");
    }

    @Test
    void takesAnotherTillsPlaceOnlyWithTheTypedWord() throws Exception {
        Exchange refused =
                Exchange.post("/api/v1/adopt", "{\"backup\":\"" + ID + "\"}").at(servlet);
        Exchange accepted = Exchange.post("/api/v1/adopt", "{\"backup\":\"" + ID + "\",\"confirm\":\"RESTORE\"}")
                .at(servlet);

        assertThat(refused.status).isEqualTo(400);
        assertThat(accepted.status).isEqualTo(202);
        assertThat(backups.adopted).extracting(id -> id.value()).containsExactly(ID);
        assertThat(backups.restoredInto).isEmpty();
    }

    private static RecoverySheet sheet() {
        BitSet dark = new BitSet();
        dark.set(0);
        return new RecoverySheet(
                ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                new Secret(KEY),
                "age1owner",
                "AAAA-BBBB",
                List.of("data-centre  sftp://backup.example.com:22"),
                new SquareCode(21, dark));
    }
}
