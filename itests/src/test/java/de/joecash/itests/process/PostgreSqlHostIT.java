package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.PostgreSqlServer;
import java.io.BufferedInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The host on a PostgreSQL server: what was backed up while it sold comes back row by row, judged by plain SQL and by
 * {@code psql}, beside the till and in its place.
 */
class PostgreSqlHostIT {
    private static final int RECEIPTS = 20_000;
    private static final String USER = "kasse";
    private static final String PASSWORD = "Kanarien:vogel 4711";

    @TempDir
    private Path directory;

    @TempDir
    private Path place;

    @Test
    void bringsBackEveryRowBesideTheTillAndInItsPlace() throws Exception {
        try (PostgreSqlServer server = new PostgreSqlServer(place)) {
            server.start();
            administer(server, "CREATE ROLE " + USER + " LOGIN CREATEDB PASSWORD '" + PASSWORD + "'");
            Path data = directory.resolve("data");
            String id = backUpWhileSelling(data, options(server));

            // From here on the till remembers where its database is.
            DemoHost.Ended beside = DemoHost.exec(data, "backup:restore " + id + " --into kasse_copy");
            assertThat(beside.code()).as(beside.out() + beside.err()).isZero();
            administer(server, "CREATE DATABASE kasse_tool OWNER " + USER + " TEMPLATE template0");
            psql(server, data.resolve("backups").resolve(id + ".sql.gz"));
            Map<String, Table> restored = Tables.read(open(server, "kasse_copy"), Long.MAX_VALUE);
            long newest = restored.get("PUBLIC.RECEIPT").rows();
            assertThat(newest).isGreaterThanOrEqualTo(RECEIPTS);
            assertThat(restored)
                    .as("restored by us, and by psql from what gunzip gives")
                    .isEqualTo(Tables.read(open(server, "kasse_tool"), Long.MAX_VALUE));
            assertThat(restored)
                    .as("restored, and the till's own tables up to the last receipt of the dump")
                    .isEqualTo(Tables.read(open(server, "kasse"), newest));

            DemoHost.Ended inPlace = DemoHost.exec(
                    data, "backup:create; pos:sales; pos:lose --yes; backup:restore " + id + "; pos:sales");
            assertThat(inPlace.code()).as(inPlace.out() + inPlace.err()).isZero();
            String live = Files.readString(data.resolve("till/current")).split(" ", 2)[0];
            assertThat(databases(server)).containsExactlyInAnyOrder(live, "kasse_copy", "kasse_tool");
            assertThat(Tables.read(open(server, live), newest))
                    .as("the till after the restore, up to the last receipt of the dump")
                    .isEqualTo(restored);
            refusesWhatIsNotItsOwn(data, server);
        }
    }

    private static String backUpWhileSelling(Path data, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--receipts", Integer.toString(RECEIPTS)));
        try (DemoHost host = DemoHost.start(data, all.toArray(String[]::new))) {
            String id;
            try (SalesWatch sales = SalesWatch.on(host)) {
                id = host.backup();
                SalesWatch.Seen seen = sales.end();
                System.out.printf(
                        "on PostgreSQL: %d receipts sold during the backup, longest gap %d ms%n",
                        seen.sold(), seen.longestGap().toMillis());
            }
            assertThat(host.stop()).isZero();
            return id;
        }
    }

    private static void refusesWhatIsNotItsOwn(Path data, PostgreSqlServer server) throws Exception {
        DemoHost.Ended other = DemoHost.exec(Locale.GERMAN, data, "pos:sales", "--database", "h2");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).startsWith("Diese Kasse läuft auf postgresql");
        administer(server, "ALTER ROLE " + USER + " PASSWORD 'another'");
        DemoHost.Ended login = DemoHost.exec(data, "pos:sales");
        assertThat(login.code()).isEqualTo(1);
        assertThat(login.err()).startsWith("The database server 127.0.0.1:" + server.port() + " does not let kasse in");
        assertThat(login.err() + login.out()).doesNotContain(PASSWORD);
        assertThat(Files.readString(data.resolve("log/joecash.log"))).doesNotContain(PASSWORD);
    }

    private String[] options(PostgreSqlServer server) throws Exception {
        Path password = Files.writeString(directory.resolve("kasse.password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return new String[] {
            "--database",
            "postgresql",
            "--database-url",
            server.url("kasse"),
            "--database-user",
            USER,
            "--database-password-file",
            password.toString()
        };
    }

    /** As anybody could without us: gunzip, and psql. */
    private void psql(PostgreSqlServer server, Path archive) throws Exception {
        Path sql = directory.resolve("by-tool.sql");
        try (GZIPInputStream content = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            Files.copy(content, sql);
        }
        Path said = directory.resolve("psql.out");
        ProcessBuilder psql = new ProcessBuilder(
                        PostgreSqlServer.TOOLS.resolve("psql").toString(),
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        sql.toString(),
                        "kasse_tool")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        psql.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        Integer.toString(server.port()),
                        "PGUSER",
                        USER,
                        "PGPASSWORD",
                        PASSWORD));
        assertThat(psql.start().waitFor()).as(said.toString()).isZero();
    }

    private static DataSource open(PostgreSqlServer server, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url(database));
        source.setUser(PostgreSqlServer.SUPERUSER);
        source.setPassword(PostgreSqlServer.SUPERUSER_PASSWORD);
        return source;
    }

    private static void administer(PostgreSqlServer server, String sql) throws Exception {
        try (Connection connection = open(server, "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> databases(PostgreSqlServer server) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = open(server, "postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'kasse%'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
