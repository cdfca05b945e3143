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
     * @param resumes whether {@link Destination#put} goes on where an earlier attempt was cut off
     * @param confidential whether nobody on the way can read what is sent
     */
    record Capabilities(
            boolean offServer, long maxFileBytes, Copy.Proof proof, boolean resumes, boolean confidential) {}

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
         * Opens it, from the start, each time: the same bytes, as often as they are asked for, also twice at a time.
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
     * and publishes it under its final name. Never overwrites. What an earlier attempt left as {@code .part}, be it of
     * another process, is gone on with where the destination {@link Capabilities#resumes} and its beginning was shown
     * to be the content's; else it is replaced. An attempt that is cancelled, or whose line breaks, leaves it for the
     * next one; one whose content cannot be read, or is not as long as it says, leaves nothing.
     *
     * @param name the final name
     * @param content the bytes, the same in each attempt
     * @param sent is told how many bytes are there so far, those that an earlier attempt left included
     * @throws BackupException if it was not published; {@code NameTaken} if the name is there already;
     *     {@code CopyDiffers} if what arrived, or the content's length, is not what it should be
     * @throws IOException if {@code content} threw it
     */
    void put(String name, Content content, LongConsumer sent) throws BackupException, IOException;

    /**
     * Opens a file for reading from its beginning, as {@link #open(String, long)} does.
     *
     * @param name its name
     * @return as there
     * @throws BackupException as there
     */
    default InputStream open(String name) throws BackupException {
        return open(name, 0);
    }

    /**
     * Opens a file for reading.
     *
     * @param name its name
     * @param offset how many bytes are left out at its beginning; at its end or beyond there is nothing to read
     * @return to be closed by the caller before anything else is asked of this destination; an {@link IOException} of
     *     it has a {@link BackupException} as its cause where the destination knows what is wrong, or was cancelled
     * @throws BackupException {@code UnknownBackup} if it is not there; or if it cannot be read
     * @throws IllegalArgumentException if the offset is negative
     */
    InputStream open(String name, long offset) throws BackupException;

    /**
     * Lists the published files whose names have the form.
     *
     * @return in no order; none that ends in {@code .part}
     * @throws BackupException if it cannot be listed
     */
    List<StoredFile> list() throws BackupException;

    /**
     * Removes a file, and what an attempt left of it; one that is not there is no error.
     *
     * @param name its name
     * @throws BackupException if it is there still
     */
    void delete(String name) throws BackupException;

    /**
     * Keeps a file that is there from being removed for as long as one that is put now: something that is put now is of
     * no use without it. Where the destination keeps nobody from removing anything, there is nothing to do.
     *
     * <p>An operation of its own, because none of the others can stand for it: only who puts a file knows which older
     * ones it rests on, and a destination that kept all of them at every {@link #put} would ask the server for each;
     * nor can it be done by storing again what is there, which is what sending packs spares. It has a body, for only
     * stores with locks do anything here.
     *
     * @param name its name
     * @throws BackupException if it cannot be kept for so long
     */
    default void retain(String name) throws BackupException {
        // Nothing that is put is locked.
    }

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
