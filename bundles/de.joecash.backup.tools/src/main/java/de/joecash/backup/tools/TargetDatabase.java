package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
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
