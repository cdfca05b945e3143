package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.MariaDbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.MariaDbDataSource;

/** The host on a MariaDB server: sells, swaps its database, and finds it again without being told. */
class MariaDbHostIT {
    private static final String USER = "kasse";
    private static final String PASSWORD = "Kanarien:vogel 4711";

    @TempDir
    private Path directory;

    @TempDir
    private Path place;

    @Test
    void sellsSwapsAndIsFoundAgain() throws Exception {
        try (MariaDbServer server = new MariaDbServer(place)) {
            server.start();
            for (String host : new String[] {"localhost", "%"}) {
                String user = USER + "@'" + host + "'";
                administer(server, "CREATE USER " + user + " IDENTIFIED BY '" + PASSWORD + "'");
                administer(server, "GRANT ALL PRIVILEGES ON `kasse%`.* TO " + user);
            }
            Path password = Files.writeString(directory.resolve("kasse.password"), PASSWORD + "\n");
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            Path data = directory.resolve("data");

            DemoHost.Ended first = DemoHost.exec(
                    data,
                    "pos:sales; pos:lose --yes; pos:sales",
                    "--receipts",
                    "1000",
                    "--database",
                    "mariadb",
                    "--database-url",
                    server.url("kasse"),
                    "--database-user",
                    USER,
                    "--database-password-file",
                    password.toString());
            assertThat(first.code()).as(first.out() + first.err()).isZero();
            assertThat(first.out()).contains("without a gap").contains("equal");

            DemoHost.Ended second = DemoHost.exec(data, "pos:sales");
            assertThat(second.code()).as(second.out() + second.err()).isZero();
            assertThat(Files.readString(data.resolve("till/current"))).startsWith("kasse_side_");

            DemoHost.Ended other = DemoHost.exec(Locale.GERMAN, data, "pos:sales", "--database", "postgresql");
            assertThat(other.code()).isEqualTo(1);
            assertThat(other.err()).startsWith("Diese Kasse läuft auf mariadb");
        }
    }

    private static void administer(MariaDbServer server, String sql) throws Exception {
        MariaDbDataSource source = new MariaDbDataSource(server.url("mysql"));
        source.setUser(MariaDbServer.SUPERUSER);
        source.setPassword(MariaDbServer.SUPERUSER_PASSWORD);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
