package de.joecash.backup.source.mariadb.internal;

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
        ServerAddress address = ServerAddress.of("jdbc:mariadb://kasse.local:3307/Kasse 1-ü?user=x&connectTimeout=3");
        assertThat(address.database()).isEqualTo("Kasse 1-ü");
        assertThat(address.options())
                .isEqualTo(Map.of("protocol", "tcp", "host", "kasse.local", "port", "3307", "ssl", "0"));
        assertThat(ServerAddress.of("jdbc:mariadb://[::1]/till").options())
                .containsEntry("host", "::1")
                .containsEntry("port", "3306");
        assertThat(ServerAddress.of("jdbc:mariadb:///till").host()).isEqualTo("localhost");
    }

    @Test
    void aLocalSocketGoesBeforeTheHost() throws BackupException {
        assertThat(ServerAddress.of("jdbc:mariadb:///till?localSocket=/run/mysqld/mysqld.sock")
                        .options())
                .isEqualTo(Map.of("protocol", "socket", "socket", "/run/mysqld/mysqld.sock", "ssl", "0"));
    }

    @Test
    void keepsToTheTlsTheDriverUses() throws BackupException {
        assertThat(ServerAddress.of("jdbc:mariadb://h/d?sslMode=verify-full&serverSslCert=/etc/ca.pem")
                        .options())
                .containsEntry("ssl", "1")
                .containsEntry("ssl-verify-server-cert", "1")
                .containsEntry("ssl-ca", "/etc/ca.pem");
        assertThat(ServerAddress.of("jdbc:mariadb://h/d?sslMode=trust").options())
                .containsEntry("ssl", "1")
                .containsEntry("ssl-verify-server-cert", "0");
        assertThat(ServerAddress.of("jdbc:mariadb://h/d?useSsl=true").options())
                .containsEntry("ssl-verify-server-cert", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/x",
                "jdbc:mysql://h/d",
                "jdbc:mariadb:replication://h1/d",
                "jdbc:mariadb://h1,h2/d",
                "jdbc:mariadb://address=(host=h)/d",
                "jdbc:mariadb://h:99999/d",
                "jdbc:mariadb://-h/d",
                "jdbc:mariadb:///",
                "jdbc:mariadb://h/",
                "jdbc:mariadb://h/a\nb",
                "jdbc:mariadb://h/a%20b",
                "jdbc:mariadb://h/a ",
                "jdbc:mariadb://h h/d",
                "jdbc:mariadb://h/d?socketFactory=x",
                "jdbc:mariadb://h/d?localSocket=a%0Ab",
            })
    void refusesWhatTheToolsWouldReadDifferently(String url) {
        BackupException refused = catchThrowableOfType(BackupException.class, () -> ServerAddress.of(url));
        assertThat(refused.problem()).isInstanceOf(Problem.InvalidInput.class);
    }
}
