package de.joecash.backup.update.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.update.internal.apply.Ill;
import de.joecash.backup.update.internal.apply.LastUpdate;
import de.joecash.backup.update.internal.set.Refusal;
import de.joecash.backup.update.internal.set.SetRefused;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void everyTextExistsInBothLanguages() throws IOException {
        assertThat(texts("update_de.properties").stringPropertyNames())
                .isEqualTo(texts("update.properties").stringPropertyNames());
    }

    @Test
    void everythingThatCanHappenHasWords() throws IOException {
        String[] keys = Stream.of(
                        Stream.of(Refusal.values()).flatMap(one -> Stream.of(one + ".cause", one + ".next")),
                        Stream.of(Ill.Kind.values()).map(one -> "ill." + one),
                        Stream.of(LastUpdate.Result.values()).map(one -> "ended." + one))
                .flatMap(keyed -> keyed)
                .toArray(String[]::new);

        assertThat(texts("update.properties").stringPropertyNames()).contains(keys);
    }

    @Test
    void aRefusalSaysCauseConsequenceAndNextStep() {
        SetRefused refused = new SetRefused(Refusal.OLDER, "a.b", "1.0", "1.1");

        assertThat(new Texts(Locale.GERMANY).refused(refused))
                .isEqualTo("Das Paket hat a.b in der Version 1.0; installiert ist die Version 1.1, die neuer ist."
                        + " Es wurde nichts geändert. Nehmen Sie ein neueres Paket. Wer zu einer älteren Version zurück"
                        + " muss, tut das mit felix:update in der Shell, Bundle für Bundle.");
    }

    @Test
    void whatWasTakenBackSaysWhyAndWhatNow() {
        LastUpdate last = new LastUpdate(
                "backup",
                "1.2",
                "2026-11-29T12:00:00+01:00[Europe/Berlin]",
                LastUpdate.Result.TAKEN_BACK,
                new Ill(Ill.Kind.IMPORT_MISSING, List.of("a.b", "no.such")),
                null);

        assertThat(new Texts(Locale.ENGLISH).ended(last))
                .startsWith("backup 1.2 is not installed. The bundle a.b does not start: it needs the package no.such,"
                        + " which is not here. The old version is back")
                .contains("Send this message to the vendor");
    }

    @Test
    void whatAPowerCutInterruptedIsToBeInstalledAgain() {
        LastUpdate last = new LastUpdate(
                "backup",
                "1.2",
                "2026-11-29T12:00:00+01:00[Europe/Berlin]",
                LastUpdate.Result.TAKEN_BACK,
                new Ill(Ill.Kind.CUT_OFF, List.of()),
                null);

        assertThat(new Texts(Locale.GERMANY).ended(last))
                .endsWith("Installieren Sie dasselbe Paket noch einmal.")
                .doesNotContain("Hersteller");
    }

    private static Properties texts(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(TextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
