package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of itself.
 *
 * @param version e.g. {@code 10.11.19}
 * @param series its first two numbers, as one that grows
 * @param longestStatement what it takes, in bytes ({@code max_allowed_packet})
 * @param databases the names of all databases that our user sees, in lower case
 */
record Server(String version, int series, long longestStatement, Set<String> databases) {
    /** The first that runs any statement by {@code EXECUTE IMMEDIATE}, and is told from MySQL by its name. */
    private static final int OLDEST = series(10, 6);

    /** How many bytes a statement has before its first row. */
    private static final int LONGEST_HEAD = 1024;

    private static final Pattern VERSION = Pattern.compile("(?:5\\.5\\.5-)?(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\b.*");

    Server {
        databases = Set.copyOf(databases);
    }

    /** Says whether it takes a row in a statement. */
    boolean takes(long row) {
        return row + LONGEST_HEAD <= longestStatement;
    }

    /** Gives a series as one number. */
    static int series(int major, int minor) {
        return major * 1000 + minor;
    }

    /**
     * Reads what a server says.
     *
     * @param said what {@code VERSION()} gave
     * @throws BackupException if it is no MariaDB, or too old
     */
    static Server of(String said, long longestStatement, List<String> databases) throws BackupException {
        Matcher version = VERSION.matcher(said);
        if (!version.matches() || !said.contains("MariaDB")) {
            throw new BackupException(new Problem.InvalidInput(
                    "the till's database must be MariaDB, and its server is another: " + said));
        }
        int series = series(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
        String text = version.group(1) + "." + version.group(2) + "." + version.group(3);
        if (series < OLDEST) {
            throw new BackupException(new Problem.InvalidInput(
                    "the till's database must be MariaDB 10.6 or newer, and its server is " + text));
        }
        Set<String> lower = new HashSet<>();
        databases.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return new Server(text, series, longestStatement, lower);
    }
}
