package de.joecash.backup.source.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @Test
    void readsWhatTheDriverReads() throws BackupException {
        assertThat(ServerAddress.of("jdbc:postgresql://kasse.local:5433/till"))
                .isEqualTo(new ServerAddress("kasse.local", 5433, "till", Map.of()));
        assertThat(ServerAddress.of("jdbc:postgresql://[::1]/K%C3%A4se%2F1"))
                .isEqualTo(new ServerAddress("::1", 5432, "Käse/1", Map.of()));
        assertThat(ServerAddress.of("jdbc:postgresql:till"))
                .isEqualTo(new ServerAddress("localhost", 5432, "till", Map.of()));
        assertThat(ServerAddress.of("jdbc:postgresql:///till"))
                .isEqualTo(new ServerAddress("localhost", 5432, "till", Map.of()));
    }

    @Test
    void keepsToTheTlsTheDriverUses() throws BackupException {
        assertThat(ServerAddress.of("jdbc:postgresql://h/d?sslmode=require&sslrootcert=/etc/ca.pem&loginTimeout=3")
                        .variables())
                .isEqualTo(Map.of(
                        "PGHOST",
                        "h",
                        "PGPORT",
                        "5432",
                        "PGDATABASE",
                        "d",
                        "PGSSLMODE",
                        "require",
                        "PGSSLROOTCERT",
                        "/etc/ca.pem"));
        assertThat(ServerAddress.of("jdbc:postgresql://h/d?ssl=true").variables())
                .containsEntry("PGSSLMODE", "verify-full");
    }

    @Test
    void aNameIsNeverAConnectionString() throws BackupException {
        assertThat(ServerAddress.of("jdbc:postgresql://h/host%3Devil%20password%3Dx")
                        .database())
                .isEqualTo("host=evil password=x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/x",
                "jdbc:postgresql://h1,h2/d",
                "jdbc:postgresql://h:99999/d",
                "jdbc:postgresql://-h/d",
                "jdbc:postgresql:///",
                "jdbc:postgresql://h/",
                "jdbc:postgresql://h/a%0Ab",
                "jdbc:postgresql://h/a%",
                "jdbc:postgresql://%2Ftmp/d",
                "jdbc:postgresql://h h/d",
                "jdbc:postgresql://h/d?socketFactory=x",
                "jdbc:postgresql://h/d?sslmode=a%0Ab",
            })
    void refusesWhatTheToolsWouldReadDifferently(String url) {
        BackupException refused = catchThrowableOfType(BackupException.class, () -> ServerAddress.of(url));
        assertThat(refused.problem()).isInstanceOf(Problem.InvalidInput.class);
    }
}
