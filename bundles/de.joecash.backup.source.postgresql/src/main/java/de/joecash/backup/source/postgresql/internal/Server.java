package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What the server says of itself, through the host's own connections.
 *
 * @param version e.g. {@code 15.20}
 * @param major its major version
 * @param powerful whether our user may reach files and programs of the server
 * @param bytes of the database on the server's disk
 */
record Server(String version, int major, boolean powerful, long bytes) {
    private static final String QUERY =
            """
            SELECT pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int / 10000,
                EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname IN ('pg_execute_server_program',
                    'pg_read_server_files', 'pg_write_server_files') AND pg_catalog.pg_has_role(oid, 'MEMBER')),
                pg_catalog.pg_database_size(pg_catalog.current_database())
            """;

    /** Asks the server. */
    static Server of(DataSource database, Function<String, Problem> failure) throws BackupException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new Server(row.getString(1), row.getInt(2), row.getBoolean(3), row.getLong(4));
        } catch (SQLException e) {
            throw new BackupException(problem(e, failure), e);
        }
    }

    /** Names what went wrong. */
    static Problem problem(SQLException e, Function<String, Problem> failure) {
        String state = String.valueOf(e.getSQLState());
        return problem(state, "SQLSTATE " + state, failure);
    }

    /**
     * Names what an SQLSTATE says (Appendix A). Of the connection are class 08, what ends or refuses one (57P), and too
     * many of them (53300); of the server's machine are classes 53 and 58. Neither says anything about a dump.
     */
    static Problem problem(String state, String words, Function<String, Problem> failure) {
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
            return new Problem.DatabaseUnreachable(words);
        }
        boolean exhausted = state.startsWith("53") || state.startsWith("58");
        return exhausted ? new Problem.ServerExhausted(words) : failure.apply(words);
    }
}
