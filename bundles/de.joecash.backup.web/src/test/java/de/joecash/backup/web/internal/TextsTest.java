package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupKind;
import de.joecash.backup.Fate;
import de.joecash.backup.Keys;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);
    private static final Texts GERMAN = new Texts(Locale.GERMANY);

    @Test
    void everyTextExistsInBothLanguagesWithTheSamePlaceholders() {
        assertThat(GERMAN.all().keySet()).isEqualTo(ENGLISH.all().keySet());
        assertThat(GERMAN.all()).allSatisfy((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(ENGLISH.get(key)));
        });
    }

    @Test
    void theFixedLabelIsTheSameInBothLanguages() {
        assertThat(List.of(GERMAN.get("send"), ENGLISH.get("send"))).containsOnly("Backup an FTP");
    }

    @Test
    void everyValueThatThePageMayBeGivenHasWords() {
        assertThat(ENGLISH.all().keySet())
                .containsAll(keys("phase.", "", Phase.values()))
                .containsAll(keys("proof.", "", Outcome.Proof.values()))
                .containsAll(keys("kind.", "", BackupKind.values()))
                .containsAll(keys("queue.", "", Transfer.State.values()))
                .containsAll(keys("level.", "", Safety.Level.values()))
                .containsAll(keys("", ".head", Safety.values()))
                .containsAll(keys("", ".text", Safety.values()))
                .containsAll(keys("run.", "", Run.Kind.values()))
                .containsAll(keys("run.", ".text", Run.Kind.values()))
                .containsAll(keys("done.", "", Run.Kind.values()))
                .containsAll(keys("failed.", "", Run.Kind.values()))
                .containsAll(keys("origin.", "", Keys.Origin.values()))
                .containsAll(keys("try.", "", PlaceTrial.Step.values()))
                .containsAll(keys("fate.", "", Fate.values()))
                .containsAll(keys("only.", "", Sort.values()))
                .containsAll(keys("role.", "", Role.MANAGER, Role.ADMINISTRATOR))
                .containsAll(keys("error.", ".cause", Refusal.values()))
                .containsAll(keys("error.", ".data", Refusal.values()))
                .containsAll(keys("error.", ".next", Refusal.values()));
    }

    @Test
    void takesTheFirstLanguageItKnows() {
        assertThat(Texts.of(List.of(Locale.FRENCH, Locale.forLanguageTag("de-AT"), Locale.US))
                        .locale())
                .isEqualTo(Locale.forLanguageTag("de-AT"));
        assertThat(Texts.of(List.of(Locale.US, Locale.GERMANY)).locale()).isEqualTo(Locale.US);
        assertThat(Texts.of(List.of(Locale.FRENCH)).locale()).isEqualTo(Locale.UK);
        assertThat(Texts.of(List.of()).get("title")).isEqualTo("Data backup");
    }

    private static List<String> keys(String before, String after, Enum<?>... values) {
        return Arrays.stream(values).map(value -> before + value + after).toList();
    }

    private static Set<String> placeholders(String text) {
        Stream<String> found =
                Pattern.compile("\\{\\d}").matcher(text).results().map(result -> result.group());
        return found.collect(Collectors.toSet());
    }
}
