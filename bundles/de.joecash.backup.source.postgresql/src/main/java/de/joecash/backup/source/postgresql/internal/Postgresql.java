package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.tools.Login;
import de.joecash.backup.tools.NewDatabase;
import de.joecash.backup.tools.Product;
import de.joecash.backup.tools.TargetDatabase;
import de.joecash.backup.tools.ToolSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * PostgreSQL, by {@code pg_dump} and {@code psql}.
 *
 * @param settings where they are and how long they may take
 */
record Postgresql(ToolSettings settings) implements Product<ServerAddress> {
    private static final int LONGEST_NAME = 63;
    private static final String ALREADY_THERE = "42P04";
    private static final String MAY_NOT = "42501";

    private static final String TABLES =
            """
            SELECT name, 'ONLY ' || name FROM (SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%') AS tables
            """;

    @Override
    public ServerAddress address(String url) throws BackupException {
        return ServerAddress.of(url);
    }

    @Override
    public String version(DataSource database) throws BackupException {
        return Server.of(database, Problem.DumpFailed::new).version();
    }

    @Override
    public long bytes(DataSource database) throws BackupException {
        return Server.of(database, Problem.DumpFailed::new).bytes();
    }

    @Override
    public String tables() {
        return TABLES;
    }

    @Override
    public List<TableContents> dump(
            Login<ServerAddress> login, DataSource server, OutputStream out, Cancellation cancellation)
            throws BackupException, IOException {
        return new Dump(login, settings, cancellation).to(out);
    }

    @Override
    public void load(Login<ServerAddress> login, DataSource server, InputStream dump, Cancellation cancellation)
            throws BackupException, IOException {
        new Loader(login, Server.of(server, Problem.RestoreFailed::new), settings, cancellation).load(dump);
    }

    @Override
    public TargetDatabase<ServerAddress> create(String name, ServerAddress beside, DataSource live)
            throws BackupException {
        if (name.isBlank()
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new BackupException(
                    new Problem.InvalidInput("not the name of a database: 1 to 63 bytes, no control characters"));
        }
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        try {
            NewDatabase.execute(live, "CREATE DATABASE " + quoted + " TEMPLATE template0" + likeLive(live));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.equals(ALREADY_THERE)) {
                throw new BackupException(new Problem.InvalidInput(name + ": there is a database already"), e);
            }
            if (state.equals(MAY_NOT)) {
                throw new BackupException(
                        new Problem.InvalidInput(
                                name + ": the till's database user may not create databases (CREATEDB)"),
                        e);
            }
            throw new BackupException(Server.problem(e, Problem.RestoreFailed::new), e);
        }
        // Not WITH (FORCE): it would have to end an autovacuum too, which only a superuser may.
        return new NewDatabase<>(
                beside.with(name),
                live,
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                        + " WHERE usename = current_user AND datname = '" + name.replace("'", "''") + "'",
                "DROP DATABASE IF EXISTS " + quoted);
    }

    @Override
    public Problem problem(SQLException failed, Function<String, Problem> otherwise) {
        return Server.problem(failed, otherwise);
    }

    private static String likeLive(DataSource live) throws SQLException {
        try (Connection connection = live.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT pg_catalog.format(' ENCODING %L LC_COLLATE %L LC_CTYPE %L',
                            pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype)
                        FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
                        """)) {
            row.next();
            return row.getString(1);
        }
    }
}
