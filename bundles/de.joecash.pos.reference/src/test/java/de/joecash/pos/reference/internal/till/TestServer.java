package de.joecash.pos.reference.internal.till;

import de.joecash.backup.testkit.DatabaseServer;
import de.joecash.backup.testkit.MariaDbServer;
import de.joecash.backup.testkit.PostgreSqlServer;
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
import java.util.Map;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real server and a user of it who may do what a till needs, with a database name that is new each time. */
final class TestServer implements AutoCloseable {
    static final String USER = "kasse";

    /** Everything that somebody might forget to escape, and a canary to look for. */
    static final String PASSWORD = "Kanarien:vogel4711 ü\"?&%";

    private static int names;

    final String kind;
    final Dialect dialect;
    final DatabaseServer server;
    private final DataSource superuser;
    private final Path passwordFile;

    private TestServer(String kind, Dialect dialect, DatabaseServer server, DataSource superuser, Path passwordFile)
            throws Exception {
        this.kind = kind;
        this.dialect = dialect;
        this.server = server;
        this.superuser = superuser;
        this.passwordFile = passwordFile;
        write(passwordFile, PASSWORD);
    }

    static TestServer postgreSql(Path place) throws Exception {
        PostgreSqlServer server = new PostgreSqlServer(place);
        server.start();
        PGSimpleDataSource superuser = new PGSimpleDataSource();
        superuser.setUrl(server.url("postgres"));
        superuser.setUser(PostgreSqlServer.SUPERUSER);
        superuser.setPassword(PostgreSqlServer.SUPERUSER_PASSWORD);
        TestServer test =
                new TestServer("postgresql", PostgreSql.DIALECT, server, superuser, place.resolve("kasse.password"));
        test.createUser(USER, true);
        return test;
    }

    static TestServer mariaDb(Path place) throws Exception {
        MariaDbServer server = new MariaDbServer(place);
        server.start();
        MariaDbDataSource superuser = new MariaDbDataSource(server.url("mysql"));
        superuser.setUser(MariaDbServer.SUPERUSER);
        superuser.setPassword(MariaDbServer.SUPERUSER_PASSWORD);
        TestServer test =
                new TestServer("mariadb", MariaDb.DIALECT, server, superuser, place.resolve("kasse.password"));
        test.createUser(USER, true);
        return test;
    }

    /** Makes a user with the password. */
    void createUser(String name, boolean mayCreateDatabases) throws SQLException {
        if (kind.equals("postgresql")) {
            administer("CREATE ROLE " + name + " LOGIN " + (mayCreateDatabases ? "CREATEDB" : "") + " PASSWORD '"
                    + PASSWORD + "'");
            return;
        }
        for (String host : List.of("localhost", "%")) {
            String user = name + "@'" + host + "'";
            administer("CREATE USER " + user + " IDENTIFIED BY '" + PASSWORD + "'");
            if (mayCreateDatabases) {
                administer("GRANT ALL PRIVILEGES ON `till%`.* TO " + user);
            }
        }
    }

    static void write(Path file, String password) throws Exception {
        Files.writeString(file, password + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    static synchronized String newName() {
        names++;
        return "till" + names;
    }

    /** Gives what a till's first start is told. */
    Map<String, String> asked(String name) {
        return Map.of(
                DatabaseChoice.KIND,
                kind,
                DatabaseChoice.URL,
                server.url(name),
                DatabaseChoice.USER,
                USER,
                DatabaseChoice.PASSWORD_FILE,
                passwordFile.toString());
    }

    void administer(String... statements) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs a statement in one database as the superuser. */
    void administerIn(String database, String sql) throws SQLException {
        DataSource there;
        if (kind.equals("postgresql")) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(server.url(database));
            source.setUser(PostgreSqlServer.SUPERUSER);
            source.setPassword(PostgreSqlServer.SUPERUSER_PASSWORD);
            there = source;
        } else {
            MariaDbDataSource source = new MariaDbDataSource(server.url(database));
            source.setUser(MariaDbServer.SUPERUSER);
            source.setPassword(MariaDbServer.SUPERUSER_PASSWORD);
            there = source;
        }
        try (Connection connection = there.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lists the databases whose names begin so. */
    List<String> databases(String prefix) throws SQLException {
        List<String> found = new ArrayList<>();
        String query = kind.equals("postgresql")
                ? "SELECT datname FROM pg_database ORDER BY 1"
                : "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY 1";
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                if (rows.getString(1).equals(prefix) || rows.getString(1).startsWith(prefix + "_")) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** Counts the connections of the till's user. */
    long sessions() throws SQLException {
        String query = kind.equals("postgresql")
                ? "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + USER + "'"
                : "SELECT count(*) FROM information_schema.PROCESSLIST WHERE USER = '" + USER + "'";
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
