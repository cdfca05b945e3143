package de.joecash.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemotePathTest {
    @Test
    void isTakenApartIntoItsNames() throws Exception {
        assertThat(RemotePath.of("")).isEqualTo(new RemotePath(false, List.of()));
        assertThat(RemotePath.of("/")).isEqualTo(new RemotePath(true, List.of()));
        assertThat(RemotePath.of("tills/Straße 1")).isEqualTo(new RemotePath(false, List.of("tills", "Straße 1")));
        assertThat(RemotePath.of("/tills//./kasse1/")).isEqualTo(new RemotePath(true, List.of("tills", "kasse1")));
        assertThat(RemotePath.of("a..b")).isEqualTo(new RemotePath(false, List.of("a..b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../up",
                "tills/../..",
                "/..",
                "a\r\nDELE b",
                "a\n",
                "nul\0",
                "..\\up",
                "\u001b[2J",
                "\u0085",
                "a\u2028b",
                "\u202Egz"
            })
    void refusesWhatLeadsAwayAndDoesNotRepeatControlCharacters(String hostile) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> RemotePath.of(hostile))
                .satisfies(e -> assertThat(e.problem())
                        .isInstanceOfSatisfying(
                                Problem.InvalidInput.class,
                                problem -> assertThat(problem.detail().chars()).noneMatch(Character::isISOControl)));
    }

    @Test
    void takesNamesAsLongAsFileSystemsDo() throws Exception {
        assertThat(RemotePath.of("k".repeat(255)).segments()).containsExactly("k".repeat(255));
    }

    /** UTF-8 has no such thing; it would be sent as a question mark, and be another directory. */
    @Test
    void refusesHalvesOfCharacters() {
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> RemotePath.of("tills/\uD83D"));
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> RemotePath.of("a/".repeat(501)));
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> RemotePath.of("tills/" + "k".repeat(256)));
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> RemotePath.of("ä".repeat(128)));
    }
}
