package de.joecash.backup.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupKind;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Safety;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void everyTextExistsInBothLanguages() throws IOException {
        assertThat(texts("shell_de.properties").stringPropertyNames())
                .isEqualTo(texts("shell.properties").stringPropertyNames());
    }

    @Test
    void everyValueOfTheApiHasWords() throws IOException {
        String[] keys = Stream.of(
                        Arrays.stream(Phase.values()).map(value -> "phase." + value),
                        Arrays.stream(Outcome.Proof.values()).map(value -> "proof." + value),
                        Arrays.stream(Safety.values()).map(value -> "level." + value),
                        Arrays.stream(BackupKind.values()).map(value -> "kind." + value))
                .flatMap(keyed -> keyed)
                .toArray(String[]::new);

        assertThat(texts("shell.properties").stringPropertyNames()).contains(keys);
    }

    @Test
    void saysAgesAsPeopleDo() {
        Texts german = new Texts(Locale.GERMANY);

        assertThat(german.age(Duration.ofSeconds(-5))).isEqualTo("gerade eben");
        assertThat(german.age(Duration.ofMinutes(1))).isEqualTo("vor 1 Minute");
        assertThat(german.age(Duration.ofHours(25))).isEqualTo("vor 25 Stunden");
        assertThat(german.age(Duration.ofDays(3))).isEqualTo("vor 3 Tagen");
        assertThat(new Texts(Locale.FRENCH).age(Duration.ofDays(3))).isEqualTo("3 days ago");
    }

    private static Properties texts(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(TextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
