package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "/de/joecash/backup/pos/internal/texts, UTF-8",
        // The Metatype Service reads its texts as ISO 8859-1; escapes make that no matter.
        "/OSGI-INF/l10n/pos, US-ASCII"
    })
    void everyTextIsThereInBothLanguages(String name, Charset charset) throws Exception {
        Properties english = read(name + ".properties", charset);
        Properties german = read(name + "_de.properties", charset);

        assertThat(german.stringPropertyNames())
                .isEqualTo(english.stringPropertyNames())
                .isNotEmpty();
        assertThat(german.values()).doesNotContain("").noneMatch(text -> text.toString()
                .contains("\ufffd"));
        assertThat(english.values()).doesNotContain("").noneMatch(text -> text.toString()
                .contains("\ufffd"));
    }

    private static Properties read(String name, Charset charset) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = TextsTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, charset));
        }
        return properties;
    }
}
