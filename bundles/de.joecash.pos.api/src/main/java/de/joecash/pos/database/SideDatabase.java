package de.joecash.pos.database;

import javax.sql.DataSource;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An empty database beside the live one. It is filled, checked, and then either put in the live one's place or thrown
 * away. The live database is not touched before {@link #activate()}, so a failure before it changes nothing. Used by
 * one thread at a time.
 */
@ConsumerType
public interface SideDatabase extends AutoCloseable {
    /**
     * Opens connections to the side database.
     *
     * @return valid until {@link #close()}
     */
    DataSource dataSource();

    /**
     * Gives the JDBC address, for a database tool outside this process. {@link PosDatabase#credentials()} open it.
     *
     * @return without user or password; the same at each call
     */
    String url();

    /**
     * Holds the host's writing until {@link #activate()} or {@link #close()}: the sale under way finishes, further ones
     * wait, readers go on. Asked for just before a last safety backup of the live database, so that nothing is sold
     * between that and the swap. A second call does nothing.
     *
     * @throws DatabaseException if writing cannot be held; it goes on
     */
    void hold() throws DatabaseException;

    /**
     * Puts this database in the live one's place: the host lets the sale under way finish, holds further ones, swaps,
     * and sells on. Whole or not at all: after an exception, and after a power cut in the middle, the host is on the
     * old database or on the new one, never on a mixture. The host keeps the old one until the swap is on disk.
     *
     * @throws DatabaseException if the old database stays in place
     */
    void activate() throws DatabaseException;

    /**
     * Lets go. Without {@link #activate()} before it, the side database and its files are removed. A second call does
     * nothing.
     */
    @Override
    void close();
}
