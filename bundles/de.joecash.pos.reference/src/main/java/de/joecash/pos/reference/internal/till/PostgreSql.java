package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL. A commit is on the server's disk when it returns, unless somebody set it otherwise. */
final class PostgreSql implements Server {
    static final String KIND = "postgresql";

    static final Dialect DIALECT = new Dialect(
            "NUMERIC(19, 4)", "TIMESTAMP(6) WITH TIME ZONE", time -> time, "", Connection.TRANSACTION_REPEATABLE_READ);

    /** Every server has it, and every user may enter it unless that was taken from them. */
    private static final String MAINTENANCE = "postgres";

    private static final int SECONDS_TO_CONNECT = 5;
    private static final int SECONDS_TO_LOG_IN = 10;

    /** A new database is a copy of a template, and a dropped one a checkpoint: neither is quick on a slow disk. */
    private static final int SECONDS_TO_ANSWER = 120;

    private final ServerUrl url;
    private final Credentials credentials;

    PostgreSql(ServerUrl url, Credentials credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    @Override
    public Dialect dialect() {
        return DIALECT;
    }

    @Override
    public Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(SECONDS_TO_CONNECT);
        source.setLoginTimeout(SECONDS_TO_LOG_IN);
        source.setSocketTimeout(SECONDS_TO_ANSWER);
        source.setTcpKeepAlive(true);
        source.setApplicationName("joecash-pos");
        source.setReWriteBatchedInserts(true);
        source.setUrl(url.of(database));
        source.setUser(credentials.user());
        credentials.withPassword(password -> {
            source.setPassword(new String(password));
            return password.length;
        });
        return source.getConnection();
    }

    @Override
    public Connection administer() throws SQLException {
        return connect(MAINTENANCE);
    }

    @Override
    public Map<String, String> marks(Connection administration) throws SQLException {
        Map<String, String> marks = new LinkedHashMap<>();
        try (Statement statement = administration.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        SELECT datname, coalesce(pg_catalog.shobj_description(oid, 'pg_database'), '')
                        FROM pg_catalog.pg_database""")) {
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
                        SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid >= 16384)
                            AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE oid >= 16384)
                            AND NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE oid >= 16384)
                            AND NOT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)
                            AND pg_catalog.current_setting('server_encoding') = 'UTF8'""")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void create(Connection administration, String name, String mark) throws SQLException {
        execute(administration, "CREATE DATABASE " + quoted(name) + " TEMPLATE template0" + likeFirst(administration));
        mark(administration, name, mark);
    }

    /** Sorts as the till's first database does, as long as that is there. */
    private String likeFirst(Connection administration) throws SQLException {
        try (PreparedStatement statement = administration.prepareStatement(
                """
                SELECT pg_catalog.format(' LC_COLLATE %L LC_CTYPE %L', datcollate, datctype)
                FROM pg_catalog.pg_database WHERE datname = ?""")) {
            statement.setString(1, url.database());
            try (ResultSet row = statement.executeQuery()) {
                return " ENCODING 'UTF8'" + (row.next() ? row.getString(1) : "");
            }
        }
    }

    @Override
    public void adopt(Connection administration, String name, String mark) throws SQLException {
        mark(administration, name, mark);
    }

    @Override
    public void mark(Connection administration, String name, String mark) throws SQLException {
        execute(administration, "COMMENT ON DATABASE " + quoted(name) + " IS '" + mark.replace("'", "''") + "'");
    }

    /**
     * Ends the sessions of the till's own user and then drops without {@code FORCE}: that would need the right to end
     * the server's own autovacuum (PostgreSQL 15), while a plain drop stops it by itself.
     */
    @Override
    public void drop(Connection administration, String name) throws SQLException {
        try (PreparedStatement statement = administration.prepareStatement(
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                        + " WHERE datname = ? AND usename = current_user AND pid <> pg_catalog.pg_backend_pid()")) {
            statement.setString(1, name);
            statement.executeQuery().close();
        }
        execute(administration, "DROP DATABASE " + quoted(name));
    }

    @Override
    public boolean creates(Connection administration, String name) throws SQLException {
        try (PreparedStatement statement = administration.prepareStatement(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE usename = current_user"
                        + " AND state = 'active' AND pg_catalog.starts_with(query, ?))")) {
            statement.setString(1, "CREATE DATABASE " + quoted(name) + " ");
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public int connections(Connection administration, String name) throws SQLException {
        try (PreparedStatement statement = administration.prepareStatement(
                "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'"
                        + " AND usename = current_user")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** By the codes of the PostgreSQL documentation, Appendix A. */
    @Override
    public Trouble trouble(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000" -> Trouble.LOGIN;
            case "42501" -> Trouble.RIGHTS;
            case "3D000" -> Trouble.NO_DATABASE;
            case "42P04" -> Trouble.TAKEN;
            case "42P01", "42703" -> Trouble.NO_TABLE;
            default -> state.startsWith("08") || state.startsWith("57P") ? Trouble.UNREACHABLE : Trouble.OTHER;
        };
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
