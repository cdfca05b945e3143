package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Remark;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRetention;
import de.joecash.backup.testkit.Samples;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many backups are kept, as an administrator looks at it and changes it. */
class RetentionPreviewTest {
    private static final String RETENTION = "/api/v1/retention";
    private static final RetentionRules IN_FORCE = new RetentionRules(30, 3);

    private final FakeBackupService backups = new FakeBackupService();
    private final FakeRetention retention = new FakeRetention();
    private final BackupServlet servlet = new BackupServlet(backups, retention);

    RetentionPreviewTest() {
        for (int i = 1; i <= 4; i++) {
            ZonedDateTime at = ZonedDateTime.parse("2026-11-22T07:00:00+01:00").plusDays(i);
            Backup backup = Samples.backup(i, BackupKind.MANUAL, at);
            backups.backups.add(i == 1 ? Samples.remarked(backup, new Remark(true, "")) : backup);
        }
    }

    @Test
    void showsTheRulesInForceAndWhatTheyMakeOfEachBackup() throws Exception {
        JsonObject shown = Exchange.get(RETENTION).at(servlet).object();

        assertThat(shown.get("keep").getAsInt()).isEqualTo(30);
        assertThat(shown.get("keepSafety").getAsInt()).isEqualTo(3);
        assertThat(fates(shown)).containsExactly("NEWEST", "NEWEST", "NEWEST", "FOR_EVER");
        JsonObject newest = shown.getAsJsonArray("backups").get(0).getAsJsonObject();
        assertThat(newest.get("id").getAsString())
                .isEqualTo(backups.list().get(0).id().value());
        assertThat(newest.getAsJsonObject("started").get("local").getAsString()).isEqualTo("2026-11-26T07:00:00");
        assertThat(newest.get("bytes").getAsLong())
                .isEqualTo(backups.list().get(0).manifest().storedBytes());
        assertThat(newest.get("kind").getAsString()).isEqualTo("MANUAL");
    }

    @Test
    void showsWhatOtherRulesWouldRemoveAndChangesNothing() throws Exception {
        JsonObject shown =
                Exchange.get(RETENTION).query("keep=1&keepSafety=2").at(servlet).object();

        assertThat(shown.get("keep").getAsInt()).isEqualTo(1);
        assertThat(shown.get("keepSafety").getAsInt()).isEqualTo(2);
        assertThat(fates(shown)).containsExactly("NEWEST", "GOES", "GOES", "FOR_EVER");
        assertThat(retention.rules()).isEqualTo(IN_FORCE);
        assertThat(backups.backups).hasSize(4);
    }

    @Test
    void keepsOtherRulesAndRemovesNothingByThat() throws Exception {
        Exchange changed =
                Exchange.post(RETENTION, "{\"keep\":2,\"keepSafety\":1}").at(servlet);

        assertThat(changed.status).isEqualTo(200);
        assertThat(fates(changed.object())).containsExactly("NEWEST", "NEWEST", "GOES", "FOR_EVER");
        assertThat(retention.rules()).isEqualTo(new RetentionRules(2, 1));
        assertThat(backups.backups).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keep\":30}",
                "{\"keep\":0,\"keepSafety\":3}",
                "{\"keep\":30,\"keepSafety\":-1}",
                "{\"keep\":100000,\"keepSafety\":3}",
                "{\"keep\":1.5,\"keepSafety\":3}",
                "{\"keep\":9999999999,\"keepSafety\":3}",
                "{\"keep\":null,\"keepSafety\":3}",
                "{\"keep\":\"many\",\"keepSafety\":3}",
                "{\"keep\":[30],\"keepSafety\":3}"
            })
    void whatIsNoNumberOfBackupsIsRefused(String body) throws Exception {
        assertThat(Exchange.post(RETENTION, body).at(servlet).status).isEqualTo(400);
        assertThat(retention.rules()).isEqualTo(IN_FORCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keep=0&keepSafety=1",
                "keep=1",
                "keepSafety=1&keep=1",
                "keep=-1&keepSafety=1",
                "keep=123456&keepSafety=1",
                "keep=1&keepSafety=1&x=1",
                "keep=%31&keepSafety=1",
                "x"
            })
    void noOtherQueryIsAnswered(String query) throws Exception {
        assertThat(Exchange.get(RETENTION).query(query).at(servlet).status).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"de, ganze Zahl von 1 bis 99.999", "en, 'whole number from 1 to 99,999'"})
    void saysWhatIsMissing(Locale locale, String words) throws Exception {
        Exchange refused = Exchange.post(RETENTION, "{\"keep\":0}").in(locale).at(servlet);

        assertThat(refused.string("cause")).contains(words);
    }

    private static List<String> fates(JsonObject shown) {
        return shown.getAsJsonArray("backups").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(one -> one.get("fate").getAsString())
                .toList();
    }
}
