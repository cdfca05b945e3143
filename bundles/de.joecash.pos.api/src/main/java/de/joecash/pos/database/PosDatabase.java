package de.joecash.pos.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The till's database.
 *
 * <p>The host registers exactly one as an OSGi service, with the service property {@link #KIND} set to {@link #kind()},
 * when its schema is there and it can be read. Called from any thread.
 *
 * <p><b>Never interrupt a thread that is inside this database</b>: an embedded database may close itself for the whole
 * host. Stop a statement by {@link java.sql.Statement#cancel()} only.
 *
 * <pre>{@code
 * try (Connection connection = database.dataSource().getConnection()) {
 *     ...
 * }
 * try (SideDatabase side = database.side()) {
 *     load(side.dataSource());
 *     side.activate();
 * }
 * }</pre>
 */
@ConsumerType
public interface PosDatabase {
    /** Service property that repeats {@link #kind()}, for target filters. */
    String KIND = "database.kind";

    /**
     * Names the till this database belongs to.
     *
     * @return 1 to 32 characters of {@code A-Z a-z 0-9 _ -}, beginning with a letter or digit; never changes
     */
    String till();

    /**
     * Says what product it is.
     *
     * @return e.g. {@code h2}, {@code postgresql}, {@code mariadb}
     */
    String kind();

    /**
     * Gives the JDBC address.
     *
     * @return without user or password
     */
    String url();

    /**
     * Opens connections to the live database. After {@link SideDatabase#activate()} new connections go to the new one.
     *
     * @return the same object at every call; thread-safe
     */
    DataSource dataSource();

    /**
     * Gives what a database tool outside this process needs to log in.
     *
     * @return empty where only {@link #dataSource()} opens it
     */
    Optional<Credentials> credentials();

    /**
     * Lists the directories in which the database keeps its files, so that nobody else writes there.
     *
     * @return absolute paths; empty for a database on a server
     */
    List<Path> directories();

    /**
     * Creates an empty database of the same kind beside the live one, with the same rights, for a restore or for a
     * check of one.
     *
     * @return to be closed by the caller; closed without {@link SideDatabase#activate()} it leaves no trace
     * @throws DatabaseException if it cannot be created
     */
    SideDatabase side() throws DatabaseException;

    /**
     * Says what is wrong with the books in a database of this till: numbers with gaps, sums that do not agree. A
     * restored backup is judged by it, so it says nothing about what is only newer elsewhere. It reads in portions, for
     * memory stays flat however many receipts there are, and a statement that is under way may be cancelled.
     *
     * <pre>{@code
     * List<BookError> errors = new ArrayList<>();
     * try (Statement statement = connection.createStatement();
     *         ResultSet row = statement.executeQuery("SELECT COUNT(*), MAX(NUMBER) FROM RECEIPT")) {
     *     row.next();
     *     if (row.getLong(1) != row.getLong(2)) {
     *         errors.add(new BookError("die Belegnummern haben Lücken", "receipt numbers have gaps"));
     *     }
     * }
     * return errors;
     * }</pre>
     *
     * @param connection to the live database or to a side database; only read, not closed
     * @return what is wrong, the worst first, each kind of error once; empty where the host has nothing to say
     * @throws SQLException if the database cannot be read as one of this till, or a statement was cancelled
     */
    default List<BookError> check(Connection connection) throws SQLException {
        return List.of();
    }
}
