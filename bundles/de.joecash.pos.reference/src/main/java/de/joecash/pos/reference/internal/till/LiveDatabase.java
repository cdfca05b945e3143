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
import java.sql.Statement;
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

    private final TillFiles files;
    private final Credentials credentials;
    private final SwitchingDataSource source;
    /** Whose permit it has may write: one sale, or a side database from its hold to its swap. */
    private final Semaphore sales = new Semaphore(1, true);

    LiveDatabase(TillFiles files, Credentials credentials, H2File first) {
        this.files = files;
        this.credentials = credentials;
        this.source = new SwitchingDataSource(first);
    }

    /** Work that no swap may cut in two. */
    @FunctionalInterface
    interface Sale<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs one transaction, and hands it to the file system before it returns; a swap waits for its end.
     *
     * <p>The till writes the file itself, right before and right after the commit, so that H2's own writer has nothing
     * to do: where that one happens to write in the very middle of a commit (H2 2.5.252) and the process is killed
     * then, the row is left locked by nobody, and every later writer of it spins for ever.
     */
    <T> T sell(Sale<T> sale) throws SQLException {
        sales.acquireUninterruptibly();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = sale.on(connection);
                writeFile(connection);
                connection.commit();
                writeFile(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } finally {
            sales.release();
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

    private static void writeFile(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
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
        return "h2";
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
        return Optional.of(credentials);
    }

    @Override
    public List<Path> directories() {
        return List.of(files.directory());
    }

    @Override
    public List<BookError> check(Connection connection) throws SQLException {
        return BooksCheck.of(connection);
    }

    @Override
    public SideDatabase side() throws DatabaseException {
        return sideFile();
    }

    SideFile sideFile() throws DatabaseException {
        String name = files.unusedName();
        try {
            return new SideFile(this, files, H2File.create(files.database(name), credentials));
        } catch (SQLException e) {
            try {
                files.remove(name);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new DatabaseException("No database could be created beside the till's", e);
        }
    }

    /**
     * Puts a database in the live one's place; on an exception the live one stays, in memory and on the disk. Sales are
     * held by the caller.
     */
    void swapFor(H2File next) throws DatabaseException {
        H2File old = source.current();
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
        discard(old);
    }

    private void pointTo(H2File next, H2File old) throws DatabaseException {
        try {
            files.point(new Pointer(next.name(), Pointer.State.SELLING));
        } catch (IOException e) {
            try {
                files.point(new Pointer(old.name(), Pointer.State.SELLING));
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw new DatabaseException("The swap did not come to the disk", e);
        }
    }

    boolean isCurrent(H2File database) {
        return source.current() == database;
    }

    /** Says whether the disk has a database as the till's. */
    boolean isCurrentOnDisk(H2File database) throws IOException {
        return files.pointer()
                .map(Pointer::database)
                .filter(database.name()::equals)
                .isPresent();
    }

    private void discard(H2File old) {
        old.close(OLD_CONNECTIONS);
        try {
            files.remove(old.name());
        } catch (IOException e) {
            LOG.warn("The old database {} is left until the next start: {}", old.name(), e.getMessage());
        }
    }

    void close() {
        source.current().close(AT_STOP);
    }
}
