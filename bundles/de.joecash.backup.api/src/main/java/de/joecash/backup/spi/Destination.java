package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open directory at a destination. Files appear there whole or not at all. Names are plain: 1 to 120 characters of
 * {@code A-Z a-z 0-9 . _ -}, not beginning with a dot, not ending in {@code .part}; any other is an
 * {@link IllegalArgumentException}. Used by one thread.
 */
@ConsumerType
public interface Destination extends AutoCloseable {
    /** The form of a name. */
    String NAME = "(?!.*\\.part$)[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}";

    /**
     * What the destination is and can do.
     *
     * @param offServer whether what is there survives the loss of the server
     * @param maxFileBytes the longest file it takes
     * @param proof what {@link Destination#put} has shown when it returns
     */
    record Capabilities(boolean offServer, long maxFileBytes, Copy.Proof proof) {}

    /**
     * A file there.
     *
     * @param name its name
     * @param bytes its length
     */
    record StoredFile(String name, long bytes) {}

    /** What is to be stored. */
    interface Content {
        /**
         * Gives the length.
         *
         * @return bytes
         */
        long bytes();

        /**
         * Opens it, from the start, each time.
         *
         * @return to be closed by the caller
         * @throws IOException if it cannot be opened
         */
        InputStream open() throws IOException;
    }

    /**
     * Says what the destination is and can do.
     *
     * @return the same at every call
     */
    Capabilities capabilities();

    /**
     * Stores a file under a temporary name that ends in {@code .part}, proves it as {@link Capabilities#proof} says,
     * and publishes it under its final name. Never overwrites. What an earlier attempt left as {@code .part} is
     * replaced.
     *
     * @param name the final name
     * @param content the bytes
     * @param sent is told how many bytes have gone so far
     * @throws BackupException if it was not published; {@code NameTaken} if the name is there already
     * @throws IOException if {@code content} threw it
     */
    void put(String name, Content content, LongConsumer sent) throws BackupException, IOException;

    /**
     * Opens a file for reading.
     *
     * @param name its name
     * @return to be closed by the caller before anything else is asked of this destination; an {@link IOException} of
     *     it has a {@link BackupException} as its cause where the destination knows what is wrong, or was cancelled
     * @throws BackupException if it is not there or cannot be read
     */
    InputStream open(String name) throws BackupException;

    /**
     * Lists the published files whose names have the form.
     *
     * @return in no order; none that ends in {@code .part}
     * @throws BackupException if it cannot be listed
     */
    List<StoredFile> list() throws BackupException;

    /**
     * Removes a file; one that is not there is no error.
     *
     * @param name its name
     * @throws BackupException if it is there still
     */
    void delete(String name) throws BackupException;

    /**
     * Looks at one file.
     *
     * @param name its name
     * @return empty if it is not there
     * @throws BackupException if it cannot be asked
     */
    Optional<StoredFile> stat(String name) throws BackupException;

    /** Lets go. Throws nothing; a second call does nothing. */
    @Override
    void close();
}
