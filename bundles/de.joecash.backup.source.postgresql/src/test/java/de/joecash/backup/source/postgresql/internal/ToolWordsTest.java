package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.tools.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolWordsTest {
    private static final Tool SHELL = new Tool(PostgresqlTools.SHELL, Path.of("/usr/bin/psql"), List.of(15, 20));

    @Test
    void aServerThatIsRestartedSaysNothingAboutADump() {
        String restarted =
                """
                psql:<stdin>:4711: FATAL:  57P01: terminating connection due to administrator command
                LOCATION:  ProcessInterrupts, postgres.c:3231
                psql:<stdin>:4711: server closed the connection unexpectedly
                """;
        assertThat(said(restarted))
                .isEqualTo(
                        new Problem.DatabaseUnreachable("57P01 terminating connection due to administrator command"));
        assertThat(said("psql:<stdin>:1: FEHLER:  53300: zu viele Verbindungen"))
                .isInstanceOf(Problem.DatabaseUnreachable.class);
    }

    @Test
    void aServerWithoutSpaceSaysNothingAboutADump() {
        assertThat(said("psql:<stdin>:9: ERROR:  53100: could not extend file: No space left on device"))
                .isEqualTo(new Problem.ServerExhausted("53100 could not extend file: No space left on device"));
        assertThat(said("psql:<stdin>:9: ERROR:  58030: could not read block"))
                .isInstanceOf(Problem.ServerExhausted.class);
    }

    @Test
    void aStatementThatFailsDoesAndQuotesNoValue() {
        assertThat(said("psql:<stdin>:9: ERROR:  42883: function f() does not exist"))
                .isEqualTo(new Problem.RestoreFailed("42883 function f() does not exist"));
        assertThat(said("psql:<stdin>:9: ERROR:  23505: duplicate key (name)=(Müller)"))
                .isEqualTo(new Problem.RestoreFailed("23505"));
    }

    private static Problem said(String words) {
        return ToolWords.problem(SHELL, words, "kasse");
    }
}
