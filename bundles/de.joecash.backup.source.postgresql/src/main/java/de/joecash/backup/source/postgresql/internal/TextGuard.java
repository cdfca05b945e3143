package de.joecash.backup.source.postgresql.internal;

import static de.joecash.backup.tools.Refusal.unless;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.joecash.backup.BackupException;
import de.joecash.backup.source.postgresql.internal.StatementGuard.Verdict;
import de.joecash.backup.spi.RowDigest;
import de.joecash.backup.tools.Refusal;
import de.joecash.backup.tools.Tally;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a dump as it flows by: judges every statement, counts and digests the rows of each table, and
 * passes on what may run. Memory holds one statement, and of rows nothing.
 */
final class TextGuard {
    /** Takes what may run: whole statements, then the rows of a {@code COPY} as they come. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws BackupException;
    }

    private static final String BEGIN = "-- PostgreSQL database dump\n";
    private static final String COMPLETE = "-- PostgreSQL database dump complete\n";
    private static final Pattern DUMPED_FROM = Pattern.compile("-- Dumped from database version (\\d{1,4})\\b.*\n");
    private static final Pattern RESTRICT = Pattern.compile("\\\\(?:un)?restrict [A-Za-z0-9]{1,100}\n");
    private static final byte[] ROWS_END = {'\\', '.', '\n'};
    private static final int LONGEST_STATEMENT = 64 * 1024 * 1024;

    private enum State {
        HEADER,
        STATEMENTS,
        ROWS,
        COMPLETE,
        END
    }

    private final Sink sink;
    private final StatementGuard guard;
    private final SqlLexer lexer = new SqlLexer();
    private final Tally tally = new Tally();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder statement = new StringBuilder();
    private State state = State.HEADER;
    private Optional<Integer> dumpedFrom = Optional.empty();
    private RowDigest rows;
    /** The first bytes of a row: whether it is one shows in them. */
    private final byte[] head = new byte[ROWS_END.length];

    private int headLength;

    /** @param bodies whether functions may be created */
    TextGuard(Sink sink, boolean bodies) {
        this.sink = sink;
        guard = new StatementGuard(bodies);
    }

    /** Takes the next part of the text. */
    void accept(byte[] bytes, int offset, int length) throws Refusal, BackupException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at = state == State.ROWS ? row(bytes, at, end) : text(bytes, at, end);
        }
    }

    /** Gives the major version of the server that was dumped; there before the first statement, if ever. */
    Optional<Integer> dumpedFrom() {
        return dumpedFrom;
    }

    /** Says whether the tool came to its end. */
    boolean complete() {
        return state == State.COMPLETE && line.size() == 0;
    }

    /** Ends a text that has our end mark. */
    void end() throws Refusal {
        unless(state == State.END, "it ends before its end mark");
    }

    /** Gives what was counted so far. */
    Tally tally() {
        return tally;
    }

    /** Takes a line, or a part of one, that is no row; gives where the next begins. */
    private int text(byte[] bytes, int from, int end) throws Refusal, BackupException {
        int feed = from;
        while (feed < end && bytes[feed] != '\n') {
            unless(bytes[feed] != 0, "a NUL character");
            feed++;
        }
        int next = Math.min(feed + 1, end);
        line.write(bytes, from, next - from);
        unless(line.size() + statement.length() <= LONGEST_STATEMENT, "a statement that is too long");
        if (feed < end) {
            String whole = line.toString(ISO_8859_1);
            line.reset();
            line(whole);
        }
        return next;
    }

    private void line(String text) throws Refusal, BackupException {
        unless(state != State.END, "something behind its end mark");
        if (statement.isEmpty() && text.startsWith("--")) {
            comment(text);
        } else if (statement.isEmpty() && text.startsWith("\\")) {
            unless(RESTRICT.matcher(text).matches(), "a command of psql");
        } else if (!statement.isEmpty() || !text.isBlank()) {
            unless(state != State.HEADER, "a beginning that is not pg_dump's");
            statement.append(text);
            Optional<List<SqlToken>> ended = lexer.line(text);
            if (ended.isPresent()) {
                String sql = statement.toString();
                statement.setLength(0);
                run(ended.get(), sql);
            }
        }
    }

    private void comment(String text) throws Refusal {
        unless(text.indexOf('\r') < 0, "a return outside of a text");
        if (state == State.HEADER && text.equals(BEGIN)) {
            state = State.STATEMENTS;
        } else if (state == State.STATEMENTS && text.equals(COMPLETE)) {
            state = State.COMPLETE;
        } else if (text.startsWith(Tally.END)) {
            unless(state == State.COMPLETE, "it ends before pg_dump's end mark");
            unless(
                    text.equals(tally.endMark()),
                    "an end mark that does not fit: " + tally.endMark().strip());
            state = State.END;
        }
        Matcher version = DUMPED_FROM.matcher(text);
        if (dumpedFrom.isEmpty() && version.matches()) {
            dumpedFrom = Optional.of(Integer.valueOf(version.group(1)));
        }
    }

    private void run(List<SqlToken> tokens, String sql) throws Refusal, BackupException {
        Verdict verdict = guard.judge(tokens, sql);
        if (verdict == Verdict.SKIP) {
            return;
        }
        byte[] bytes = sql.getBytes(ISO_8859_1);
        sink.write(bytes, 0, bytes.length);
        if (verdict == Verdict.ROWS) {
            String table = StatementGuard.rowsOf(sql).orElseThrow();
            rows = tally.table(new String(table.getBytes(ISO_8859_1), UTF_8));
            state = State.ROWS;
        }
    }

    /** Takes a row, or a part of one; gives where the next begins. */
    private int row(byte[] bytes, int from, int end) throws Refusal, BackupException {
        int at = from;
        while (headLength < head.length && at < end) {
            byte b = bytes[at++];
            head[headLength++] = b;
            if (b == '\n') {
                return shortRow(at);
            }
            if (headLength == head.length) {
                unless(head[0] != '\\' || head[1] != '.', "an end of rows with something behind it");
                part(head, 0, headLength);
            }
        }
        int feed = at;
        while (feed < end && bytes[feed] != '\n') {
            unless(bytes[feed] != 0, "a NUL character");
            feed++;
        }
        if (feed < end) {
            rows.part(bytes, at, feed - at);
            sink.write(bytes, at, feed + 1 - at);
            endRow();
            return feed + 1;
        }
        part(bytes, at, end - at);
        return end;
    }

    private int shortRow(int next) throws Refusal, BackupException {
        if (headLength == ROWS_END.length && head[0] == '\\' && head[1] == '.') {
            sink.write(ROWS_END, 0, ROWS_END.length);
            headLength = 0;
            state = State.STATEMENTS;
        } else {
            unless((headLength < 2 || head[0] != 0) && (headLength < 3 || head[1] != 0), "a NUL character");
            rows.part(head, 0, headLength - 1);
            sink.write(head, 0, headLength);
            endRow();
        }
        return next;
    }

    private void part(byte[] bytes, int offset, int length) throws Refusal, BackupException {
        for (int i = offset; i < offset + Math.min(length, head.length); i++) {
            unless(bytes[i] != 0, "a NUL character");
        }
        rows.part(bytes, offset, length);
        sink.write(bytes, offset, length);
    }

    private void endRow() {
        rows.endRow();
        headLength = 0;
    }
}
