package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new database on the live one's server, of the same user. Dropped when it is closed without having been kept. */
final class NewDatabase implements TargetDatabase {
    private static final Logger LOGGER = LoggerFactory.getLogger(NewDatabase.class);

    private static final int LONGEST_NAME = 63;
    private static final String ALREADY_THERE = "42P04";
    private static final String MAY_NOT = "42501";

    private final DataSource live;
    private final ServerAddress address;
    private boolean kept;
    private boolean closed;

    private NewDatabase(DataSource live, ServerAddress address) {
        this.live = live;
        this.address = address;
    }

    /**
     * Creates the database.
     *
     * @param name of the database, as it is
     * @param beside where the live one is
     */
    static NewDatabase create(String name, ServerAddress beside, DataSource live) throws BackupException {
        if (name.isBlank()
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new BackupException(
                    new Problem.InvalidInput("not the name of a database: 1 to 63 bytes, no control characters"));
        }
        try {
            execute(live, "CREATE DATABASE " + quoted(name) + " TEMPLATE template0" + likeLive(live));
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
        return new NewDatabase(live, beside.with(name));
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

    /** Runs a statement that may not be in a transaction. */
    private static void execute(DataSource live, String sql) throws SQLException {
        try (Connection connection = live.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public ServerAddress address() {
        return address;
    }

    @Override
    public DataSource server() {
        return live;
    }

    @Override
    public void hold() {
        // Nobody sells on a database elsewhere.
    }

    @Override
    public void activate() {
        kept = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!kept) {
            try {
                execute(live, "DROP DATABASE IF EXISTS " + quoted(address.database()) + " WITH (FORCE)");
            } catch (SQLException e) {
                LOGGER.warn("The database {} could not be dropped: SQLSTATE {}", address.database(), e.getSQLState());
            }
        }
    }
}
