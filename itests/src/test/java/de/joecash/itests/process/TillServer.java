package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.DatabaseServer;
import de.joecash.backup.testkit.MariaDbServer;
import de.joecash.backup.testkit.PostgreSqlServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database server of its own, and what a host is told so that its till is there. */
final class TillServer implements AutoCloseable {
    static final String USER = "kasse";

    /** Also a canary to look for. */
    static final String PASSWORD = "Kanarien:vogel 4711";

    private final String kind;
    private final DatabaseServer server;
    private final Path passwordFile;

    private TillServer(String kind, DatabaseServer server, Path directory) throws IOException {
        this.kind = kind;
        this.server = server;
        passwordFile = Files.writeString(directory.resolve("kasse.password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
    }

    /**
     * Starts one.
     *
     * @param kind {@code postgresql} or {@code mariadb}
     * @param directory empty
     */
    static TillServer start(String kind, Path directory) throws Exception {
        boolean postgresql = kind.equals("postgresql");
        DatabaseServer server = postgresql ? new PostgreSqlServer(directory) : new MariaDbServer(directory);
        server.start();
        TillServer till = new TillServer(kind, server, directory);
        if (postgresql) {
            till.administer("CREATE ROLE " + USER + " LOGIN CREATEDB PASSWORD '" + PASSWORD + "'");
        } else {
            for (String host : List.of("localhost", "%")) {
                String user = USER + "@'" + host + "'";
                till.administer("CREATE USER " + user + " IDENTIFIED BY '" + PASSWORD + "'");
                till.administer("GRANT ALL PRIVILEGES ON `kasse%`.* TO " + user);
            }
        }
        return till;
    }

    /** What a host is told at its first start. */
    String[] options() {
        return options("kasse");
    }

    /** The same for a till in a database of another name. */
    String[] options(String database) {
        return new String[] {
            "--database",
            kind,
            "--database-url",
            server.url(database),
            "--database-user",
            USER,
            "--database-password-file",
            passwordFile.toString()
        };
    }

    String address() {
        return "127.0.0.1:" + server.port();
    }

    /** Opens connections to a database, as the server's administrator. */
    DataSource open(String database) throws SQLException {
        if (kind.equals("postgresql")) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(server.url(database));
            source.setUser(PostgreSqlServer.SUPERUSER);
            source.setPassword(PostgreSqlServer.SUPERUSER_PASSWORD);
            return source;
        }
        MariaDbDataSource source = new MariaDbDataSource(server.url(database));
        source.setUser(MariaDbServer.SUPERUSER);
        source.setPassword(MariaDbServer.SUPERUSER_PASSWORD);
        return source;
    }

    void administer(String sql) throws SQLException {
        try (Connection connection = server().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DataSource server() throws SQLException {
        return open(kind.equals("postgresql") ? "postgres" : "mysql");
    }

    /** Every database of a till's. */
    List<String> databases() throws SQLException {
        String query = kind.equals("postgresql")
                ? "SELECT datname FROM pg_database WHERE datname LIKE 'kasse%'"
                : "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'kasse%'";
        List<String> found = new ArrayList<>();
        try (Connection connection = server().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Restores as anybody could without us: into a new database, by gunzip and the server's own client. */
    void restoreByTool(Path archive, String database, Path directory) throws Exception {
        boolean postgresql = kind.equals("postgresql");
        administer("CREATE DATABASE " + database + (postgresql ? " OWNER " + USER + " TEMPLATE template0" : ""));
        Path sql = directory.resolve(database + ".sql");
        try (GZIPInputStream content = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            Files.copy(content, sql);
        }
        Path said = directory.resolve(database + ".out");
        ProcessBuilder client = postgresql
                ? new ProcessBuilder(PostgreSqlServer.TOOLS.resolve("psql").toString(), "-Xq", "-vON_ERROR_STOP=1")
                : new ProcessBuilder(
                        MariaDbServer.TOOLS.resolve("mariadb").toString(),
                        "--no-defaults",
                        "-h",
                        "127.0.0.1",
                        "-u",
                        USER);
        client.command().addAll(postgresql ? List.of(database) : List.of("-P", port(), "-D", database));
        client.environment().put("PGHOST", "127.0.0.1");
        client.environment().put("PGPORT", port());
        client.environment().put("PGUSER", USER);
        client.environment().put("PGPASSWORD", PASSWORD);
        client.environment().put("MYSQL_PWD", PASSWORD);
        client.redirectInput(sql.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        assertThat(client.start().waitFor()).as(said.toString()).isZero();
    }

    private String port() {
        return Integer.toString(server.port());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
