package de.joecash.backup.source.mariadb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Problem;
import de.joecash.backup.tools.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolWordsTest {
    private static final Tool CLIENT = new Tool("mariadb", Path.of("/usr/bin/mariadb"), List.of(10, 11));

    @Test
    void aServerWithoutSpaceSaysNothingAboutADump() {
        assertThat(said("ERROR 1114 (HY000) at line 42: The table 'receipt' is full"))
                .isEqualTo(new Problem.ServerExhausted("1114 The table 'receipt' is full"));
    }

    @Test
    void aServerThatGoesAwaySaysNothingAboutADump() {
        assertThat(said("ERROR 2013 (HY000) at line 42: Lost connection to server during query"))
                .isInstanceOf(Problem.DatabaseUnreachable.class);
    }

    @Test
    void aStatementThatFailsQuotesNoValue() {
        assertThat(said("ERROR 1062 (23000) at line 42: Duplicate entry 'Müller' for key 'PRIMARY'"))
                .isEqualTo(new Problem.RestoreFailed("1062 (23000)"));
    }

    private static Problem said(String words) {
        return ToolWords.problem(CLIENT, words, "kasse");
    }
}
