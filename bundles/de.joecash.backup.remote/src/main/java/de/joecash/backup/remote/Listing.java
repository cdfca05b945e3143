package de.joecash.backup.remote;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A server's list of files, taken down entry by entry. The server may say anything: only names of our form are taken,
 * and a list that does not end is refused before it fills the memory.
 */
public final class Listing {
    /** What no directory of ours comes near to: ten years of two backups a day are 30,000 files. */
    public static final int MOST = 100_000;

    private final String destination;
    private final List<Destination.StoredFile> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int seen;

    /**
     * Begins.
     *
     * @param destination the destination's id
     */
    public Listing(String destination) {
        this.destination = destination;
    }

    /**
     * Takes an entry down, if it can be a file of ours: of a name that is said twice, nobody knows what is there.
     *
     * @param name as the server says it
     * @param bytes the same
     * @throws BackupException {@code ServerRefused} if there are too many, or one name twice
     */
    public void add(String name, long bytes) throws BackupException {
        seen++;
        if (seen > MOST) {
            throw refused("the list of files does not end");
        }
        if (bytes < 0 || !isPlain(name)) {
            return;
        }
        if (!names.add(name)) {
            throw refused("the list of files names " + name + " twice");
        }
        files.add(new Destination.StoredFile(name, bytes));
    }

    /**
     * Gives what was taken down.
     *
     * @return in the server's order
     */
    public List<Destination.StoredFile> files() {
        return List.copyOf(files);
    }

    private BackupException refused(String words) {
        return new BackupException(new Problem.ServerRefused(destination, words));
    }

    /**
     * Says whether a name has the form of ours.
     *
     * @param name anything, or {@code null}
     * @return whether it is one that may be used
     */
    public static boolean isPlain(String name) {
        return name != null && name.matches(Destination.NAME);
    }

    /**
     * Refuses a name that is not of that form.
     *
     * @param name what a caller asks for
     * @throws IllegalArgumentException if it is not
     */
    public static void requirePlain(String name) {
        if (!isPlain(name)) {
            throw new IllegalArgumentException("Not a name for a file at a destination");
        }
    }
}
