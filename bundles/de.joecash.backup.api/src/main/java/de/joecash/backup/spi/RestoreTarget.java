package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import de.joecash.backup.Finding;
import de.joecash.backup.TableContents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** An empty database that a dump is loaded into. Used by one thread at a time. */
@ConsumerType
public interface RestoreTarget extends AutoCloseable {
    /**
     * Loads a dump. Statements that no dump of {@link Source#dump} holds are refused before they run.
     *
     * @param dump the text; not closed
     * @param cancellation stops the loading
     * @throws BackupException if the text is refused, the database fails, or it was cancelled
     * @throws IOException if {@code dump} threw it
     */
    void load(InputStream dump, Cancellation cancellation) throws BackupException, IOException;

    /**
     * Reads back what is in the database now.
     *
     * @param cancellation stops the reading
     * @return as {@link Source#dump} would return it
     * @throws BackupException if the database fails, or it was cancelled
     */
    List<TableContents> contents(Cancellation cancellation) throws BackupException;

    /**
     * As {@link #contents(Cancellation)}, and writes what it reads to a stream, which may be slow so that the reading
     * leaves the machine to others.
     *
     * @param reading takes the text of a dump; not closed
     * @param cancellation stops the reading
     * @return as {@link Source#dump} would return it
     * @throws BackupException if the database fails, or it was cancelled
     * @throws IOException if {@code reading} threw it
     */
    default List<TableContents> contents(OutputStream reading, Cancellation cancellation)
            throws BackupException, IOException {
        return contents(cancellation);
    }

    /**
     * Asks the host what is wrong with the books in the database now.
     *
     * @param cancellation stops the reading
     * @return in the host's words; empty where it has nothing to say, and for a database that only a tool can open
     * @throws BackupException {@link de.joecash.backup.Problem.RestoreFailed} if it cannot be read as one of the till,
     *     or the reason for which it was cancelled
     */
    default List<Finding> check(Cancellation cancellation) throws BackupException {
        return List.of();
    }

    /**
     * Holds the till's writing until {@link #activate} or {@link #close}; readers go on. For a target that is not the
     * live one there is nothing to hold.
     *
     * @throws BackupException if writing cannot be held; it goes on
     */
    void hold() throws BackupException;

    /**
     * Makes the loaded database the one that is used: for a live target in the till's database's place, whole or not at
     * all; for another one it is kept.
     *
     * @throws BackupException if the old database stays in place
     */
    void activate() throws BackupException;

    /** Lets go; what was not activated is removed. A second call does nothing. */
    @Override
    void close();
}
