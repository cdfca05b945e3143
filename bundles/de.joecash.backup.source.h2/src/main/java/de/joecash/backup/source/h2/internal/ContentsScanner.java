package de.joecash.backup.source.h2.internal;

import de.joecash.backup.TableContents;
import de.joecash.backup.source.h2.internal.StatementGuard.Admitted;
import de.joecash.backup.spi.RowDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a dump as {@code SCRIPT} writes it, as it flows by, and counts and digests the rows of each table. A row is a
 * line: H2 escapes line feeds. Whatever is no row is held against the {@link StatementGuard}, so that no dump is called
 * good that would be refused when it is loaded. Memory holds one line, or one statement that is no {@code INSERT}.
 */
final class ContentsScanner {
    private static final String INSERT = "INSERT INTO ";
    private static final String VALUES = " VALUES";

    private final Map<TableName, RowDigest> tables = new LinkedHashMap<>();
    private final StatementGuard guard = new StatementGuard();
    private final LargeObjects largeObjects = new LargeObjects();
    private final LineBuffer line = new LineBuffer();
    private final StringBuilder statement = new StringBuilder();
    /** The table whose rows come now, or {@code null} between two {@code INSERT} statements. */
    private RowDigest inserting;

    /** Takes the next part of the text. */
    void accept(byte[] bytes, int offset, int length) throws Refusal {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                line.append(bytes, from, i - from);
                line();
                line.clear();
                from = i + 1;
            }
        }
        line.append(bytes, from, end - from);
    }

    /** Ends the text. */
    void end() throws Refusal {
        if (inserting != null || !line.isEmpty() || !statement.isEmpty()) {
            throw new Refusal("it ends in the middle of a statement");
        }
    }

    /** Gives the rows of each table so far, in the order of the dump. */
    Map<TableName, Long> rows() {
        Map<TableName, Long> rows = new LinkedHashMap<>();
        tables.forEach((name, digest) -> rows.put(name, digest.rows()));
        return rows;
    }

    /** Gives the contents so far, in the order of the dump. */
    List<TableContents> contents() {
        List<TableContents> contents = new ArrayList<>();
        tables.forEach((name, digest) -> contents.add(new TableContents(name.toString(), digest.rows(), digest.hex())));
        return contents;
    }

    private void line() throws Refusal {
        line.stripTrailing();
        if (inserting != null) {
            row();
        } else if (line.startsWith(INSERT) && line.endsWith(VALUES)) {
            inserting = insertedInto(line.text());
        } else if (line.startsWith(LargeObjects.INSERT)) {
            largeObjects.part(line);
        } else if (!statement.isEmpty() || !(line.isEmpty() || line.startsWith("--"))) {
            part();
        }
    }

    private void row() throws Refusal {
        boolean last = line.endsWith(";");
        if (!line.startsWith("(") || !(last || line.endsWith(","))) {
            throw new Refusal("a row that is no line");
        }
        line.chop();
        largeObjects.digest(line, inserting);
        inserting.endRow();
        if (last) {
            inserting = null;
        }
    }

    private void part() throws Refusal {
        boolean last = line.endsWith(";");
        if (last) {
            line.chop();
        }
        statement.append(statement.isEmpty() ? "" : "\n").append(line.text());
        if (last) {
            String sql = statement.toString();
            statement.setLength(0);
            if (!sql.isBlank()) {
                Admitted admitted = guard.admit(sql);
                admitted.table().ifPresent(name -> tables.put(name, new RowDigest()));
            }
        }
    }

    private RowDigest insertedInto(String head) throws Refusal {
        Cursor cursor = new Cursor(Tokens.all(head));
        cursor.require("INSERT", "INTO");
        RowDigest table = tables.get(cursor.qualifiedName());
        if (table == null) {
            throw new Refusal("rows of a table that was not created");
        }
        return table;
    }

    /** One line. */
    static final class LineBuffer {
        private byte[] bytes = new byte[16 * 1024];
        private int length;

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        boolean isEmpty() {
            return length == 0;
        }

        String text() {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }

        boolean startsWith(String prefix) {
            return at(0, prefix);
        }

        boolean endsWith(String suffix) {
            return at(length - suffix.length(), suffix);
        }

        boolean at(int index, String text) {
            if (index < 0 || index + text.length() > length) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (bytes[index + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private void append(byte[] more, int offset, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            System.arraycopy(more, offset, bytes, length, count);
            length += count;
        }

        private void stripTrailing() {
            while (length > 0 && bytes[length - 1] == ' ') {
                length--;
            }
        }

        private void chop() {
            length--;
        }

        private void clear() {
            length = 0;
        }
    }
}
