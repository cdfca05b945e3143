package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.Credentials;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One H2 database file that is open. One connection of its own keeps it open until {@link #close}. */
final class H2Database implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);
    private static final int CONNECTIONS = 20;

    private final Path path;
    private final JdbcConnectionPool pool;
    private final Connection keeper;

    private H2Database(Path path, JdbcConnectionPool pool, Connection keeper) {
        this.path = path;
        this.pool = pool;
        this.keeper = keeper;
    }

    static H2Database create(Path path, Credentials credentials) throws SQLException {
        return open(path, credentials, url(path));
    }

    static H2Database openExisting(Path path, Credentials credentials) throws SQLException {
        return open(path, credentials, url(path) + ";IFEXISTS=TRUE");
    }

    private static H2Database open(Path path, Credentials credentials, String url) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        // The host closes the database itself, in order; H2's own hook would close it under sales under way. And it
        // closes it at once: tidying the file up at the end took seconds, while somebody waits for the power switch.
        source.setURL(url + ";DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0");
        source.setUser(credentials.user());
        credentials.withPassword(password -> {
            source.setPasswordChars(password.clone());
            return password.length;
        });
        Connection keeper = source.getConnection();
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(CONNECTIONS);
        return new H2Database(path, pool, keeper);
    }

    private static String url(Path path) throws SQLException {
        if (path.toString().indexOf(';') >= 0) {
            throw new SQLException("H2 takes no path with a semicolon in it: " + path);
        }
        return "jdbc:h2:file:" + path;
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public String url() {
        return "jdbc:h2:file:" + path;
    }

    @Override
    public Connection connection() throws SQLException {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("The database " + name() + " is closed", e);
        }
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Writes the file: so that H2's own writer has nothing to do. Where that one happens to write in the very middle of
     * a commit (H2 2.5.252) and the process is killed then, the row is left locked by nobody, and every later writer of
     * it spins for ever.
     */
    @Override
    public void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public void sync() throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    @Override
    public void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (pool.getActiveConnections() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        pool.dispose();
        try (Connection last = keeper;
                Statement statement = last.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOG.warn("The database {} was not closed in order: {}", name(), e.getMessage());
        }
    }
}
