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
final class H2File {
    private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
    private static final int CONNECTIONS = 20;

    private final Path path;
    private final JdbcConnectionPool pool;
    private final Connection keeper;

    private H2File(Path path, JdbcConnectionPool pool, Connection keeper) {
        this.path = path;
        this.pool = pool;
        this.keeper = keeper;
    }

    static H2File create(Path path, Credentials credentials) throws SQLException {
        return open(path, credentials, url(path));
    }

    static H2File openExisting(Path path, Credentials credentials) throws SQLException {
        return open(path, credentials, url(path) + ";IFEXISTS=TRUE");
    }

    private static H2File open(Path path, Credentials credentials, String url) throws SQLException {
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
        return new H2File(path, pool, keeper);
    }

    private static String url(Path path) throws SQLException {
        if (path.toString().indexOf(';') >= 0) {
            throw new SQLException("H2 takes no path with a semicolon in it: " + path);
        }
        return "jdbc:h2:file:" + path;
    }

    String name() {
        return path.getFileName().toString();
    }

    String url() {
        return "jdbc:h2:file:" + path;
    }

    /** Opens a connection that shows nothing of what an earlier user of the pool set. */
    Connection connection() throws SQLException {
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

    /** Brings everything that was committed to the disk. */
    void sync() throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** Closes the database when the connections that were handed out are back, or the patience is over. */
    void close(Duration patience) {
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
