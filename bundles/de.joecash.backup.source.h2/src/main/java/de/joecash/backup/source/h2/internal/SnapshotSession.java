package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A connection in a transaction of H2's isolation level {@code SNAPSHOT}: the first table read fixes the instant of all
 * further reads. Given back as it was found, since it may come from the host's pool.
 */
final class SnapshotSession implements AutoCloseable {
    /** {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}, in a package that H2 does not export. */
    private static final int SNAPSHOT = 6;

    /** How long to wait for a table that the host is altering, in milliseconds; the host never waits for us. */
    private static final int LOCK_TIMEOUT = 10_000;

    private final Connection connection;
    private final StoppableStatement statement;
    private final boolean autoCommit;
    private final int isolation;
    private final int lockTimeout;

    SnapshotSession(DataSource database, Cancellation cancellation) throws SQLException, BackupException {
        StoppableStatement.checkThread();
        connection = database.getConnection();
        try {
            autoCommit = connection.getAutoCommit();
            isolation = connection.getTransactionIsolation();
            statement = new StoppableStatement(connection, cancellation);
            lockTimeout = number("SELECT LOCK_TIMEOUT()").intValue();
            statement.execute("SET LOCK_TIMEOUT " + LOCK_TIMEOUT);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(SNAPSHOT);
        } catch (SQLException | BackupException e) {
            connection.close();
            throw e;
        }
    }

    void execute(String sql) throws SQLException, BackupException {
        statement.execute(sql);
    }

    /** Reads all rows. */
    <T> List<T> query(String sql, Row<T> reader) throws SQLException, BackupException {
        statement.execute(sql);
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.result()) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        }
        return rows;
    }

    /** Reads one number. */
    Long number(String sql) throws SQLException, BackupException {
        return query(sql, row -> row.getLong(1)).get(0);
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement last = connection.createStatement()) {
            statement.close();
            connection.rollback();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
            last.execute("SET LOCK_TIMEOUT " + lockTimeout);
        }
    }

    /**
     * Reads one row.
     *
     * @param <T> what comes of it
     */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
