package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void nothingGivenMeansTheDefaults() throws Refusal {
        Options options = Options.parse();

        assertThat(options.data()).isEqualTo(Path.of("joecash-data").toAbsolutePath());
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.receipts()).isEqualTo(50_000);
        assertThat(options.script()).isEmpty();
        assertThat(options.help()).isFalse();
    }

    @Test
    void everythingGivenIsTaken() throws Refusal {
        Options options = Options.parse("--receipts", "7", "--data", "/d/../e", "--port", "1", "--exec", "lb; lb");

        assertThat(options.data()).isEqualTo(Path.of("/e"));
        assertThat(options.port()).isEqualTo(1);
        assertThat(options.receipts()).isEqualTo(7);
        assertThat(options.script()).contains("lb; lb");
    }

    @Test
    void scriptTakesAnyFreePortUnlessOneIsGiven() throws Refusal {
        assertThat(Options.parse("--exec", "lb").port()).isZero();
        assertThat(Options.parse("--port", "8081", "--exec", "lb").port()).isEqualTo(8081);
    }

    @Test
    void databaseIsHandedOnAsPropertiesAndNothingOfItWhereNothingIsGiven() throws Refusal {
        Options options = Options.parse(
                "--database",
                "postgresql",
                "--database-url",
                "jdbc:postgresql://127.0.0.1:5432/kasse",
                "--database-user",
                "kasse",
                "--database-password-file",
                "secrets/../kasse.password");

        assertThat(options.database().properties())
                .containsOnly(
                        Map.entry("de.joecash.database", "postgresql"),
                        Map.entry("de.joecash.database.url", "jdbc:postgresql://127.0.0.1:5432/kasse"),
                        Map.entry("de.joecash.database.user", "kasse"),
                        Map.entry(
                                "de.joecash.database.password-file",
                                Path.of("kasse.password").toAbsolutePath().toString()));
        assertThat(Options.parse().database().properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 8080, --prot",
        "data, data",
        "--port, --port",
        "--port --data, --port",
        "--port 65536, 65536",
        "--port -1, -1",
        "--port x, x",
        "--port 99999999999, 99999999999",
        "--receipts 1.5, 1.5",
        "--data d --exec, --exec",
        "--database oracle, oracle",
        "--database, --database",
        "--database-url, --database-url",
        "--database-user --port, --database-user",
        "--database-password x, --database-password"
    })
    void anythingElseIsRefusedByName(String line, String culprit) {
        assertThatThrownBy(() -> Options.parse(line.split(" ")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(Refusal.USAGE))
                .hasMessageContaining(culprit)
                .hasMessageContaining("--help");
    }
}
