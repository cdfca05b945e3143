package de.joecash.backup.core.internal.retention;

import de.joecash.backup.Backup;
import de.joecash.backup.Copy;
import de.joecash.backup.Manifest;
import de.joecash.backup.Place;
import de.joecash.backup.TableContents;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a database was lost from one backup to the next: because the host made a new one after a disk had died, or
 * was set up anew, or because somebody emptied it, which nobody can tell from the data. Pure functions.
 */
public final class Losses {
    /** Fewer rows than a till has before its first day of sales are no loss. */
    private static final long FEWEST_ROWS = 100;

    /** What a table holds less of may have gone by chance. */
    private static final long FEWEST_ROWS_OF_A_TABLE = 10;

    private static final long PART_THAT_IS_LEFT = 10;

    private Losses() {}

    /**
     * Compares two states of a database. One table that is emptied each night is no loss, nor are old years that go, up
     * to half.
     *
     * @return whether less than a tenth of the rows is left, or of most tables less than half
     */
    public static boolean lost(Manifest earlier, Manifest later) {
        Map<String, Long> left = new HashMap<>();
        later.tables().forEach(table -> left.put(table.name(), table.rows()));
        return lost(earlier, later.source().kind(), left);
    }

    /**
     * Compares with what a database holds now.
     *
     * @param kind of its product
     * @param left the rows of each table
     * @return as above
     */
    public static boolean lost(Manifest earlier, String kind, Map<String, Long> left) {
        // Another product names its tables in another way.
        boolean comparable = earlier.source().kind().equals(kind);
        return mostRowsLost(earlier, left) || (comparable && mostTablesLost(earlier, left));
    }

    private static boolean mostRowsLost(Manifest earlier, Map<String, Long> left) {
        long rows = left.values().stream().mapToLong(Long::longValue).sum();
        return earlier.rows() >= FEWEST_ROWS && rows < earlier.rows() / PART_THAT_IS_LEFT;
    }

    private static boolean mostTablesLost(Manifest earlier, Map<String, Long> left) {
        if (earlier.rows() < FEWEST_ROWS) {
            return false;
        }
        List<TableContents> filled = earlier.tables().stream()
                .filter(table -> table.rows() >= FEWEST_ROWS_OF_A_TABLE)
                .toList();
        long lost = filled.stream()
                .filter(table -> left.getOrDefault(table.name(), 0L) < table.rows() - table.rows() / 2)
                .count();
        return lost > filled.size() / 2;
    }

    /**
     * Finds the last backups of what was lost: the newest one, the newest good one, and of each place outside the
     * newest one with a copy there, for the others may be damaged, or never have left the server.
     *
     * @param own earlier ones of this till, newest first
     * @param made of what is left
     * @return each once, to be added to
     */
    public static Set<Backup> lastOf(List<Backup> own, Manifest made) {
        List<Backup> fuller =
                own.stream().filter(backup -> lost(backup.manifest(), made)).toList();
        Set<Backup> last = new LinkedHashSet<>();
        fuller.stream().findFirst().ifPresent(last::add);
        fuller.stream().filter(Backup::good).findFirst().ifPresent(last::add);
        places(fuller).forEach(place -> fuller.stream()
                .filter(backup -> places(List.of(backup)).anyMatch(place::equals))
                .findFirst()
                .ifPresent(last::add));
        return last;
    }

    private static Stream<Place> places(List<Backup> backups) {
        return backups.stream()
                .flatMap(backup -> backup.copies().stream())
                .map(Copy::place)
                .distinct();
    }
}
