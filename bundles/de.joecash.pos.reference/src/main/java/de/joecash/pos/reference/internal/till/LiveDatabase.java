package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.BookError;
import de.joecash.pos.database.Credentials;
import de.joecash.pos.database.DatabaseException;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.database.SideDatabase;
import de.joecash.pos.reference.internal.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The till's database as plug-ins see it, and the lock that keeps sales and swaps apart. */
final class LiveDatabase implements PosDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDatabase.class);
    private static final Duration OLD_CONNECTIONS = Duration.ofSeconds(5);
    private static final Duration AT_STOP = Duration.ofSeconds(1);

    private final TillRecord record;
    private final Databases databases;
    private final SwitchingDataSource source;
    /** Whose permit it has may write: one sale, or a side database from its hold to its swap. */
    private final Semaphore sales = new Semaphore(1, true);

    LiveDatabase(TillRecord record, Databases databases, Database first) {
        this.record = record;
        this.databases = databases;
        this.source = new SwitchingDataSource(first);
    }

    Dialect dialect() {
        return databases.dialect();
    }

    /** Work that no swap may cut in two. */
    @FunctionalInterface
    interface Sale<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs one transaction, and hands it to the file system before it returns; a swap waits for its end. */
    <T> T sell(Sale<T> sale) throws SQLException {
        sales.acquireUninterruptibly();
        try {
            Database database = source.current();
            try (Connection connection = database.connection()) {
                return sell(sale, database, connection);
            }
        } finally {
            sales.release();
        }
    }

    private static <T> T sell(Sale<T> sale, Database database, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = sale.on(connection);
            database.write(connection);
            connection.commit();
            database.write(connection);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** Lets the sale under way finish and holds further ones. */
    void holdSales() {
        sales.acquireUninterruptibly();
    }

    /** Lets sales go on. */
    void releaseSales() {
        sales.release();
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public String till() {
        return Shop.TILL;
    }

    @Override
    public String kind() {
        return databases.kind();
    }

    @Override
    public String url() {
        return source.current().url();
    }

    @Override
    public DataSource dataSource() {
        return source;
    }

    @Override
    public Optional<Credentials> credentials() {
        return Optional.of(databases.credentials());
    }

    @Override
    public List<Path> directories() {
        return databases.directories();
    }

    @Override
    public List<BookError> check(Connection connection) throws SQLException {
        return BooksCheck.of(connection);
    }

    @Override
    public SideDatabase side() throws DatabaseException {
        return newSide();
    }

    Side newSide() throws DatabaseException {
        String name = databases.unusedName();
        try {
            return new Side(this, record, databases, databases.create(name));
        } catch (SQLException e) {
            try {
                databases.remove(name);
            } catch (IOException | SQLException left) {
                e.addSuppressed(left);
            }
            throw new DatabaseException("No database could be created beside the till's: " + e.getMessage(), e);
        }
    }

    /**
     * Puts a database in the live one's place, and gives the old one, to be discarded. On an exception the live one
     * stays, in memory and on the disk. Sales are held by the caller.
     */
    Database swapFor(Database next) throws DatabaseException {
        Database old = source.current();
        try {
            try (Connection connection = next.connection()) {
                TillSchema.check(connection);
            }
            next.sync();
            pointTo(next, old);
            source.switchTo(next);
        } catch (SQLException e) {
            throw new DatabaseException("The new database is not one of this till", e);
        }
        LOG.info("The till is on the database {} now", next.name());
        return old;
    }

    private void pointTo(Database next, Database old) throws DatabaseException {
        try {
            record.point(new Pointer(next.name(), Pointer.State.SELLING));
        } catch (IOException e) {
            try {
                record.point(new Pointer(old.name(), Pointer.State.SELLING));
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw new DatabaseException("The swap did not come to the disk", e);
        }
    }

    boolean isCurrent(Database database) {
        return source.current() == database;
    }

    /** Removes a database that was swapped for another. */
    void discard(Database old) {
        old.close(OLD_CONNECTIONS);
        try {
            databases.remove(old.name());
        } catch (IOException | SQLException e) {
            LOG.warn("The old database {} is left until the next start: {}", old.name(), e.getMessage());
        }
    }

    void close() {
        source.current().close(AT_STOP);
    }
}
