package de.joecash.backup.tools;

import de.joecash.backup.TableContents;
import de.joecash.backup.spi.RowDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a dump and their rows, counted and digested as they flow by. Used by one thread at a time. */
public final class Tally {
    /** How the last line of a dump of ours begins; the numbers of rows and tables follow. */
    public static final String END = "-- end of dump: ";

    private final Map<String, RowDigest> tables = new LinkedHashMap<>();

    /** Creates one without tables. */
    public Tally() {}

    /**
     * Gives a table's rows.
     *
     * @param name the table's
     * @return the same for each name
     */
    public RowDigest table(String name) {
        return tables.computeIfAbsent(name, unknown -> new RowDigest());
    }

    /**
     * Gives the last line of a dump of these tables.
     *
     * @return ASCII, with its line feed
     */
    public String endMark() {
        long all = tables.values().stream().mapToLong(RowDigest::rows).sum();
        return END + all + " rows in " + tables.size() + " tables\n";
    }

    /**
     * Gives what was counted so far.
     *
     * @return in the order of the dump
     */
    public List<TableContents> contents() {
        List<TableContents> contents = new ArrayList<>();
        tables.forEach((name, digest) -> contents.add(new TableContents(name, digest.rows(), digest.hex())));
        return contents;
    }
}
