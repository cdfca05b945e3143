package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * One dump: H2's own {@code SCRIPT} in a snapshot, so that all rows are of the instant at which the counts were taken,
 * while others write. The text ends with a comment of ours that tells a whole dump from one that was cut off.
 */
final class Dump {
    /** How the last line begins; the numbers of rows and tables follow. */
    static final String END = "-- end of dump: ";

    /** How a refusal of our own dump begins. */
    static final String NOT_RESTORABLE = "the database holds what a restore would refuse: ";

    private final DataSource database;
    private final Cancellation cancellation;

    Dump(DataSource database, Cancellation cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    /** Gives the last line, without its line feed. */
    static String end(long rows, long tables) {
        return END + rows + " rows in " + tables + " tables";
    }

    /** Writes the dump, as {@link de.joecash.backup.spi.Source#dump} promises. */
    List<TableContents> to(OutputStream out) throws BackupException, IOException {
        cancellation.check();
        ContentsScanner scanner = new ContentsScanner();
        DumpStream stream = new DumpStream(out, scanner, cancellation);
        try (SnapshotSession session = new SnapshotSession(database, cancellation);
                StreamFile file = StreamFile.open(stream)) {
            prove(session, file);
            refuseSynonyms(session);
            Map<String, Long> counted = count(session);
            session.execute("SCRIPT TO '" + file.path() + "'");
            stream.rethrow();
            compare(counted, scanner);
        } catch (SQLException e) {
            stream.rethrow();
            cancellation.check();
            throw new BackupException(new Problem.DumpFailed(DatabaseWords.of(e)), e);
        } catch (Refusal e) {
            throw new BackupException(new Problem.DumpFailed(NOT_RESTORABLE + e.getMessage()), e);
        }
        List<TableContents> contents = scanner.contents();
        long rows = contents.stream().mapToLong(TableContents::rows).sum();
        out.write((end(rows, contents.size()) + "\n").getBytes(StandardCharsets.US_ASCII));
        return contents;
    }

    /**
     * Sees that the database finds our file. One that runs in another process, or in another copy of H2, does not, and
     * would write a file of that name.
     */
    private static void prove(SnapshotSession session, StreamFile file) throws SQLException, BackupException {
        String read;
        try {
            read = session.query("SELECT FILE_READ('" + file.path() + "', 'UTF-8')", row -> row.getString(1))
                    .get(0);
        } catch (SQLException e) {
            throw new BackupException(
                    new Problem.DumpFailed("it does not run in this process: " + DatabaseWords.of(e)), e);
        }
        if (!read.equals(file.path())) {
            throw new BackupException(new Problem.DumpFailed("it does not run in this process"));
        }
    }

    /** {@code SCRIPT} leaves synonyms out. */
    private static void refuseSynonyms(SnapshotSession session) throws SQLException, BackupException, Refusal {
        if (session.number("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SYNONYMS") > 0) {
            throw new Refusal("a synonym");
        }
    }

    /** Counts the rows of all tables, by the tables' names; opens the snapshot. */
    static Map<String, Long> count(SnapshotSession session) throws SQLException, BackupException {
        List<TableName> names = session.query(
                """
                SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
                WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
                AND TABLE_TYPE IN ('BASE TABLE', 'GLOBAL TEMPORARY')
                """,
                row -> new TableName(row.getString(1), row.getString(2)));
        Map<String, Long> counted = new TreeMap<>();
        for (TableName name : names) {
            counted.put(name.toString(), session.number("SELECT COUNT(*) FROM " + name.sql()));
        }
        return counted;
    }

    private static void compare(Map<String, Long> counted, ContentsScanner scanner) throws BackupException, Refusal {
        scanner.end();
        Map<String, Long> dumped = new TreeMap<>();
        scanner.contents().forEach(table -> dumped.put(table.name(), table.rows()));
        if (!counted.equals(dumped)) {
            Map<String, Long> differing = new TreeMap<>(counted);
            differing.entrySet().removeAll(dumped.entrySet());
            dumped.keySet().stream()
                    .filter(name -> !counted.containsKey(name))
                    .forEach(name -> differing.put(name, 0L));
            throw new BackupException(
                    new Problem.DumpFailed("the dump does not hold the rows that were counted: " + differing.keySet()));
        }
    }
}
