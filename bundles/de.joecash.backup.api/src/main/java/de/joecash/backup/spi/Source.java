package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The till's database as something that can be backed up. Registered as an OSGi service while the database is there.
 * Thread-safe.
 */
@ConsumerType
public interface Source {
    /**
     * Says where backups come from.
     *
     * @return till, product and version
     * @throws BackupException if the database does not answer
     */
    SourceInfo info() throws BackupException;

    /**
     * Estimates the length of a dump's text.
     *
     * @return bytes, rather too many than too few; 0 if unknown
     */
    long expectedBytes();

    /**
     * Lists the directories in which the database keeps its files.
     *
     * @return absolute paths; empty for a database on a server
     */
    List<Path> directories();

    /**
     * Writes a dump of the live database: text that the database's own client restores, all of one instant, while
     * writers go on. Runs on the caller's thread, which nobody may interrupt. Memory stays flat.
     *
     * @param out takes the text; not closed; an {@link IOException} of its own is thrown on unchanged
     * @param cancellation stops the dump
     * @return every table with row count and digest, of the same instant as the text
     * @throws BackupException if the database cannot be read, or the dump was cancelled
     * @throws IOException if {@code out} threw it
     */
    List<TableContents> dump(OutputStream out, Cancellation cancellation) throws BackupException, IOException;

    /**
     * Counts the rows that the live database has at present, which takes far less than a dump: for a look whether it is
     * still the one that it was. Writers go on, and the tables need not be of one instant.
     *
     * @param cancellation stops the counting
     * @return the rows of each table, by the name that {@link #dump} gives it; empty for a source that cannot count
     * @throws BackupException if the database cannot be read, or the counting was cancelled
     */
    default Optional<Map<String, Long>> rows(Cancellation cancellation) throws BackupException {
        return Optional.empty();
    }

    /**
     * Opens an empty database to restore into.
     *
     * @param into another database in the source's own notation, which must be empty or not there yet; or empty for one
     *     that can take the live one's place
     * @return to be closed by the caller
     * @throws BackupException if it cannot be had; nothing was changed
     */
    RestoreTarget target(Optional<String> into) throws BackupException;
}
