package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.spi.Cancellation;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * An empty database to load into: the host's side database, or one of ours.
 *
 * @param <A> the kind of its address
 */
public interface TargetDatabase<A> extends AutoCloseable {
    /**
     * Says where the tools find it.
     *
     * @return its address
     */
    A address();

    /**
     * Opens connections to its server.
     *
     * @return to whichever database of that server
     */
    DataSource server();

    /**
     * Asks the host about the books in it.
     *
     * @param cancellation stops the reading
     * @return in the host's words; empty for a database that only the tools open
     * @throws SQLException if it cannot be read, or it was cancelled
     */
    default List<Finding> check(Cancellation cancellation) throws SQLException {
        return List.of();
    }

    /**
     * As {@link de.joecash.backup.spi.RestoreTarget#hold}.
     *
     * @throws BackupException as there
     */
    void hold() throws BackupException;

    /**
     * As {@link de.joecash.backup.spi.RestoreTarget#activate}.
     *
     * @throws BackupException as there
     */
    void activate() throws BackupException;

    @Override
    void close();
}
