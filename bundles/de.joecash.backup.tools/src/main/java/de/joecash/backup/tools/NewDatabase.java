package de.joecash.backup.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new database on the live one's server, of the same user. Dropped when it is closed without having been kept.
 *
 * @param <A> the kind of its address
 */
public final class NewDatabase<A> implements TargetDatabase<A> {
    private static final Logger LOGGER = LoggerFactory.getLogger(NewDatabase.class);

    private final A address;
    private final DataSource live;
    private final List<String> drop;
    private boolean kept;
    private boolean closed;

    /**
     * Takes over a database that was just created.
     *
     * @param address where it is
     * @param live opens the live one, on the same server
     * @param drop the statements that drop it, to be run in the live one
     */
    public NewDatabase(A address, DataSource live, String... drop) {
        this.address = address;
        this.live = live;
        this.drop = List.of(drop);
    }

    /**
     * Runs a statement that may not be in a transaction.
     *
     * @param database where
     * @param sql the statement
     * @throws SQLException if it fails
     */
    public static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    @Override
    public A address() {
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
            drop();
        }
    }

    private void drop() {
        for (String statement : drop) {
            try {
                execute(live, statement);
            } catch (SQLException e) {
                LOGGER.warn("{} failed: SQLSTATE {}", statement, e.getSQLState());
            }
        }
    }
}
