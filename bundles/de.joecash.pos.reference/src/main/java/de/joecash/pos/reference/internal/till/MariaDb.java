package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB, version 10.5 or newer: older databases bear no comment. */
final class MariaDb implements Server {
    static final String KIND = "mariadb";

    /** Instants in UTC: MariaDB's own TIMESTAMP ends in 2038, and its DATETIME knows no zone. */
    static final Dialect DIALECT = new Dialect(
            "DECIMAL(19, 4)",
            "DATETIME(6)",
            MariaDb::utc,
            " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
            Connection.TRANSACTION_REPEATABLE_READ);

    private static final String CHARACTERS = " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";

    private static final String TIMEOUTS = "connectTimeout=5000&socketTimeout=120000";
    private static final String OPTIONS = TIMEOUTS + "&tcpKeepAlive=true&useBulkStmts=true&allowLocalInfile=false";

    private final ServerUrl url;
    private final Credentials credentials;

    MariaDb(ServerUrl url, Credentials credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    private static Object utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    @Override
    public Dialect dialect() {
        return DIALECT;
    }

    @Override
    public Connection connect(String database) throws SQLException {
        MariaDbDataSource source = new MariaDbDataSource();
        String address = url.of(database);
        source.setUrl(address + (url.parameters().isEmpty() ? "?" : "&") + OPTIONS);
        source.setUser(credentials.user());
        String password = credentials.withPassword(String::new);
        source.setPassword(password);
        return source.getConnection();
    }

    @Override
    public Connection administer() throws SQLException {
        return connect("");
    }

    @Override
    public Map<String, String> marks(Connection administration) throws SQLException {
        Map<String, String> marks = new LinkedHashMap<>();
        try (Statement statement = administration.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT SCHEMA_NAME, SCHEMA_COMMENT FROM information_schema.SCHEMATA")) {
            while (rows.next()) {
                marks.put(rows.getString(1), rows.getString(2));
            }
        }
        return marks;
    }

    @Override
    public boolean isEmpty(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT NOT EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE())
                            AND NOT EXISTS (SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE())
                            AND NOT EXISTS (SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE())""")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void create(Connection administration, String name, String mark) throws SQLException {
        execute(administration, "CREATE DATABASE " + quoted(name) + CHARACTERS + comment(mark));
    }

    @Override
    public void adopt(Connection administration, String name, String mark) throws SQLException {
        execute(administration, "ALTER DATABASE " + quoted(name) + CHARACTERS + comment(mark));
    }

    @Override
    public void mark(Connection administration, String name, String mark) throws SQLException {
        execute(administration, "ALTER DATABASE " + quoted(name) + comment(mark));
    }

    /** Waits a few seconds for transactions that still read there, and gives up then. */
    @Override
    public void drop(Connection administration, String name) throws SQLException {
        execute(administration, "SET SESSION lock_wait_timeout = 5");
        execute(administration, "DROP DATABASE " + quoted(name));
    }

    @Override
    public int connections(Connection administration, String name) throws SQLException {
        try (PreparedStatement statement =
                administration.prepareStatement("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** By the error codes of the MariaDB documentation; 2000 and above are the client's. */
    @Override
    public Trouble trouble(SQLException e) {
        return switch (e.getErrorCode()) {
            case 1045, 1698 -> Trouble.LOGIN;
            case 1044, 1142, 1227 -> Trouble.RIGHTS;
            case 1049, 1008 -> Trouble.NO_DATABASE;
            case 1007 -> Trouble.TAKEN;
            case 1054, 1146 -> Trouble.NO_TABLE;
            default -> String.valueOf(e.getSQLState()).startsWith("08") ? Trouble.UNREACHABLE : Trouble.OTHER;
        };
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String comment(String mark) {
        return " COMMENT '" + mark.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
