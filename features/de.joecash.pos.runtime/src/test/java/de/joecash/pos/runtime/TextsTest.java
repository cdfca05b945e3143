package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void everyTextExistsInBothLanguages() throws IOException {
        Properties english = load("texts.properties");
        Properties german = load("texts_de.properties");

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english).isNotEmpty();
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(german.getProperty(key)).isNotEqualTo(english.getProperty(key)));
    }

    @Test
    void germanIsForGermanSpeakersEnglishForEverybodyElse() {
        assertThat(Texts.text(Locale.forLanguageTag("de-AT"), "option.unknown", "--x"))
                .isEqualTo("Unbekannte Option: --x.");
        assertThat(Texts.text(Locale.FRANCE, "option.unknown", "--x")).isEqualTo("Unknown option: --x.");
    }

    @Test
    void quotesSurviveTheFormat() {
        assertThat(Texts.text(Locale.ENGLISH, "help")).contains("--exec 'backup:create; backup:list'");
    }

    private static Properties load(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(TextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
