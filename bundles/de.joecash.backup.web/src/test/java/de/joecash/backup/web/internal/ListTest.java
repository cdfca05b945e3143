package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.SavedDay;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.Samples;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of backups, its days, and what is said about one of them. */
class ListTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    private final FakeBackupService backups = new FakeBackupService();
    private final BackupServlet servlet = new BackupServlet(backups, new FakeRetention());
    private final Backup manual = Samples.backup(1, BackupKind.MANUAL, SEVEN);

    @ParameterizedTest
    @CsvSource({
        "'', '4, 3, 2, 1'",
        "only=ALL, '4, 3, 2, 1'",
        "only=MANUAL, 1",
        "only=AUTOMATIC, '3, 2'",
        "only=SAFETY, 4",
        "only=KEPT, '2, 1'",
        "only=BAD, 3",
        "only=KEPT&from=1, 1"
    })
    void showsWhatIsAskedFor(String query, String shown) throws Exception {
        Backup kept = Samples.backup(2, BackupKind.AUTOMATIC, SEVEN.plusDays(1));
        Backup failed = Samples.backup(3, BackupKind.AUTOMATIC, SEVEN.plusDays(2));
        backups.backups.addAll(List.of(
                Samples.remarked(manual, new Remark(true, "")),
                Samples.remarked(kept, new Remark(true, "x")),
                Samples.drilled(
                        failed, new DrillResult(SEVEN.toInstant(), Optional.of(new Problem.RestoreFailed("x")))),
                Samples.backup(4, BackupKind.SAFETY, SEVEN.plusDays(3))));

        Exchange list = Exchange.get("/api/v1/backups").query(query).at(servlet);

        assertThat(list.json().getAsJsonArray().asList().stream()
                        .map(one -> one.getAsJsonObject().get("id").getAsString())
                        .map(id -> String.valueOf(Integer.parseInt(id.substring(id.length() - 6)))))
                .containsExactly(shown.split(", ", -1));
    }

    @Test
    void keepsABackupAndItsNoteAndForgetsThemAgain() throws Exception {
        backups.backups.add(manual);

        Exchange said = say("\"kept\":true,\"note\":\" Jahresabschluss <b>2026</b> \"");

        assertThat(said.status).isEqualTo(200);
        assertThat(said.object().get("kept").getAsBoolean()).isTrue();
        assertThat(said.string("note")).isEqualTo("Jahresabschluss <b>2026</b>");
        assertThat(Exchange.get("/api/v1/backups").at(servlet).text()).contains("\"kept\":true", "Jahresabschluss");
        assertThat(say("\"kept\":false").object().keySet()).doesNotContain("kept", "note");
    }

    @Test
    void thePageNoticesWhatWasSaid() throws Exception {
        backups.backups.add(manual);
        String before = Exchange.get("/api/v1/state").at(servlet).string("catalogue");
        say("\"note\":\"x\"");

        assertThat(Exchange.get("/api/v1/state").at(servlet).string("catalogue"))
                .isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"note\":\"two\\nlines\"",
                "\"note\":7.5e",
                "\"kept\":\"yes\"",
                "\"kept\":\"true\"",
                "\"kept\":1",
                "\"kept\":[]"
            })
    void refusesWhatIsNoRemark(String said) throws Exception {
        backups.backups.add(manual);

        assertThat(say(said).status).isEqualTo(400);
        assertThat(backups.backups).containsExactly(manual);
    }

    @Test
    void refusesALongNoteAndAnUnknownBackup() throws Exception {
        assertThat(say("\"kept\":true").status).isEqualTo(404);
        backups.backups.add(manual);
        assertThat(say("\"note\":\"" + "x".repeat(201) + "\"").status).isEqualTo(400);
    }

    @Test
    void tellsWhatWasSavedOnWhichDay() throws Exception {
        backups.days.add(new SavedDay(LocalDate.of(1970, 1, 11), 2, true));
        backups.days.add(new SavedDay(LocalDate.of(1970, 1, 12), 0, false));

        JsonElement days = Exchange.get("/api/v1/days").at(servlet).json();

        assertThat(days.toString())
                .isEqualTo("[{\"day\":10,\"good\":2,\"offServer\":true},{\"day\":11,\"good\":0,\"offServer\":false}]");
    }

    private Exchange say(String remark) throws Exception {
        return Exchange.post("/api/v1/remark", "{\"backup\":\"" + manual.id() + "\"," + remark + "}")
                .at(servlet);
    }
}
