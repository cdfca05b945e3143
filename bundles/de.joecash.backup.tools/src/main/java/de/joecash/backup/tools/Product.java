package de.joecash.backup.tools;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What one database product does in its own way. Thread-safe.
 *
 * @param <A> how the tools are told where a database is
 */
public interface Product<A> {
    /**
     * Reads the address of a database.
     *
     * @param url as its JDBC driver writes it
     * @return the same for the tools
     * @throws BackupException if the tools cannot reach it
     */
    A address(String url) throws BackupException;

    /**
     * Asks for the server's version.
     *
     * @param database on that server
     * @return e.g. {@code 15.20}
     * @throws BackupException if it does not answer, or is of another product
     */
    String version(DataSource database) throws BackupException;

    /**
     * Asks for the size of a database on the server's disk.
     *
     * @param database which
     * @return bytes
     * @throws BackupException if it does not answer
     */
    long bytes(DataSource database) throws BackupException;

    /**
     * Gives a query for all tables whose rows a dump has.
     *
     * @return SQL whose rows have two columns: the table's name as a dump has it, and as SQL has it
     */
    String tables();

    /**
     * Dumps as {@link de.joecash.backup.spi.Source#dump} promises.
     *
     * @param login what
     * @param server opens connections to its server
     * @param out takes the text
     * @param cancellation stops the dump
     * @return every table
     * @throws BackupException as there
     * @throws IOException as there
     */
    List<TableContents> dump(Login<A> login, DataSource server, OutputStream out, Cancellation cancellation)
            throws BackupException, IOException;

    /**
     * Loads as {@link de.joecash.backup.spi.RestoreTarget#load} promises.
     *
     * @param login into which database
     * @param server opens connections to its server
     * @param dump the text
     * @param cancellation stops the loading
     * @throws BackupException as there
     * @throws IOException as there
     */
    void load(Login<A> login, DataSource server, InputStream dump, Cancellation cancellation)
            throws BackupException, IOException;

    /**
     * Creates an empty database of the live one's user.
     *
     * @param name its name, as it is
     * @param beside where the live one is
     * @param live opens the live one
     * @return dropped when it is closed without having been activated
     * @throws BackupException if it is there already, or cannot be created
     */
    TargetDatabase<A> create(String name, A beside, DataSource live) throws BackupException;

    /**
     * Says what a failure means to people.
     *
     * @param failed what the server or its driver said
     * @param otherwise makes of other words what they mean where it failed
     * @return the problem
     */
    Problem problem(SQLException failed, Function<String, Problem> otherwise);
}
