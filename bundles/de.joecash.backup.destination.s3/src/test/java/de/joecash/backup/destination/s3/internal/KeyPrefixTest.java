package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPrefixTest {
    @Test
    void isWhatTheKeysBeginWith() throws Exception {
        assertThat(KeyPrefix.of("").key("a.gz")).isEqualTo("a.gz");
        assertThat(KeyPrefix.of("/").key("a.gz")).isEqualTo("a.gz");
        assertThat(KeyPrefix.of("tills/Straße 1").key("a.gz")).isEqualTo("tills/Straße 1/a.gz");
        assertThat(KeyPrefix.of("/tills//./kasse1/").key("a.gz")).isEqualTo("tills/kasse1/a.gz");
        assertThat(KeyPrefix.of("a..b").key("a.gz")).isEqualTo("a..b/a.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../up", "tills/../..", "/..", "a\r\nDELE b", "a\n", "nul\0", "..\\up", "\u001b[2J"})
    void refusesWhatLeadsAwayAndDoesNotRepeatControlCharacters(String hostile) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> KeyPrefix.of(hostile))
                .satisfies(e -> assertThat(e.problem())
                        .isInstanceOfSatisfying(
                                Problem.InvalidInput.class,
                                problem -> assertThat(problem.detail().chars()).noneMatch(Character::isISOControl)));
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> KeyPrefix.of("ä/".repeat(301)));
    }
}
