package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement that a cancellation ends by {@link Statement#cancel}, and by nothing else. H2 keeps the time that a query
 * may take for the whole connection, and a pool hands it on: what the host's last statement was allowed is lifted while
 * this one is open.
 */
final class StoppableStatement implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoppableStatement.class);

    private final Statement statement;
    private final Cancellation cancellation;
    private final int hostsLimit;

    StoppableStatement(Connection connection, Cancellation cancellation) throws SQLException {
        statement = connection.createStatement();
        hostsLimit = statement.getQueryTimeout();
        statement.setQueryTimeout(0);
        this.cancellation = cancellation;
    }

    /** Refuses an interrupted thread: H2 would close the host's database under it. */
    static void checkThread() throws BackupException {
        if (Thread.currentThread().isInterrupted()) {
            throw new BackupException(
                    new Problem.Unexpected("An interrupted thread may not enter the host's database"));
        }
    }

    /** Runs a statement; throws the cancellation's reason where it was cancelled. */
    void execute(String sql) throws SQLException, BackupException {
        cancellation.check();
        Cancellation.Registration registration = cancellation.onCancel(this::cancel);
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            cancellation.check();
            throw e;
        } finally {
            registration.close();
        }
    }

    ResultSet result() throws SQLException {
        return statement.getResultSet();
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            statement.setQueryTimeout(hostsLimit);
        }
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOGGER.debug("A statement that was to be cancelled had ended", e);
        }
    }
}
