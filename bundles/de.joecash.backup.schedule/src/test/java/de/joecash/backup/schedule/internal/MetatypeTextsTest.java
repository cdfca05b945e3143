package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MetatypeTextsTest {
    @Test
    void everyTextIsThereInBothLanguagesAndInAscii() throws Exception {
        Properties english = read("/OSGI-INF/l10n/schedule.properties");
        Properties german = read("/OSGI-INF/l10n/schedule_de.properties");

        assertThat(german.stringPropertyNames())
                .isEqualTo(english.stringPropertyNames())
                .contains("times.name", "zone.name");
        assertThat(german.values()).noneMatch(text -> text.toString().contains("\ufffd"));
    }

    private static Properties read(String name) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = MetatypeTextsTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.US_ASCII));
        }
        return properties;
    }
}
