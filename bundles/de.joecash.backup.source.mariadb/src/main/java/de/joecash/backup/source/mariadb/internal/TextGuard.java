package de.joecash.backup.source.mariadb.internal;

import static de.joecash.backup.tools.Refusal.unless;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.joecash.backup.tools.Refusal;
import de.joecash.backup.tools.Tally;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a dump as it flows by: judges every statement, counts and digests the rows of each table, and
 * passes on what may run. Memory holds one statement, and of rows nothing.
 */
final class TextGuard {
    private static final String SANDBOX = "/*M!999999\\- enable the sandbox mode */";
    private static final String BEGIN = "-- MariaDB dump ";
    private static final String HOST = "-- Host: ";
    private static final String ROUTINES = "-- Dumping routines for database ";
    private static final String COMPLETE = "-- Dump completed\n";
    private static final String INSERT = "INSERT INTO ";
    private static final byte[] VALUES = {' ', 'V', 'A', 'L', 'U', 'E', 'S'};

    private static final Pattern DUMPED_FROM = Pattern.compile("-- Server version\t(\\d{1,3})\\.(\\d{1,3})\\..*\n");
    private static final String NAME = "`(?:[^`\\x00]|``)++`";
    private static final Pattern HEAD = Pattern.compile("INSERT INTO (" + NAME + ") (?:\\(" + NAME + "(?:, ?" + NAME
            + ")*+(?:, row_start, row_end)?\\) )?VALUES[ \n]");
    private static final Pattern ALTER_DATABASE =
            Pattern.compile("ALTER DATABASE " + NAME + " (CHARACTER SET [a-z0-9_]+ COLLATE [a-z0-9_]+ ;\n)");
    private static final int LONGEST_STATEMENT = 64 * 1024 * 1024;

    private enum State {
        HEADER,
        STATEMENTS,
        COMPLETE,
        END
    }

    private final Output output;
    private final StatementGuard guard;
    private final SqlLexer lexer = new SqlLexer();
    private final Tally tally = new Tally();
    private final Set<String> created = new HashSet<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder statement = new StringBuilder();
    private State state = State.HEADER;
    private int dumpedFrom;
    private long longestRow;
    /** Where the head of an INSERT is read, whether a name is open in it. */
    private boolean head;

    private boolean inName;
    private Optional<RowReader> rows = Optional.empty();

    /**
     * Begins to read.
     *
     * @param output takes what may run, or what is written
     * @param databases the names of all databases of the server, in lower case
     */
    TextGuard(Output output, Set<String> databases) {
        this.output = output;
        guard = new StatementGuard(StatementGuard.asRead(databases));
    }

    /** Takes the next part of the text. */
    void accept(byte[] bytes, int offset, int length) throws Refusal {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (rows.isPresent()) {
                int next = rows.get().accept(bytes, at, end);
                output.rows(bytes, at, next - at);
                at = next;
                longestRow = Math.max(longestRow, rows.get().longest());
                if (rows.get().ended()) {
                    rows = Optional.empty();
                }
            } else {
                at = text(bytes, at, end);
            }
        }
    }

    /** Gives the series of the server that was dumped; there before the first statement, if ever, and 0 until then. */
    int dumpedFrom() {
        return dumpedFrom;
    }

    /** Gives the length of the longest row, in bytes of text. */
    long longestRow() {
        return longestRow;
    }

    /** Says whether the tool came to its end. */
    boolean complete() {
        return state == State.COMPLETE && line.size() == 0 && statement.isEmpty();
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
    private int text(byte[] bytes, int from, int end) throws Refusal {
        int at = from;
        while (at < end) {
            byte b = bytes[at++];
            unless(b != 0, "a NUL character");
            line.write(b);
            if (head) {
                inName ^= b == '`';
                if ((b == ' ' || b == '\n') && !inName && endsHead(b)) {
                    return at;
                }
            } else if (b == '\n') {
                String whole = line.toString(ISO_8859_1);
                line.reset();
                line(whole);
                return at;
            } else if (b == ' ' && line.size() == INSERT.length() && statement.isEmpty()) {
                head = line.toString(ISO_8859_1).equals(INSERT);
            }
        }
        unless(line.size() + statement.length() <= LONGEST_STATEMENT, "a statement that is too long");
        return at;
    }

    private boolean endsHead(byte last) throws Refusal {
        String text = line.toString(ISO_8859_1);
        boolean ended = text.endsWith(new String(VALUES, ISO_8859_1) + (char) last);
        unless(ended || last != '\n', "an INSERT that no dump has");
        if (!ended) {
            return false;
        }
        Matcher insert = HEAD.matcher(text);
        unless(insert.matches(), "an INSERT that no dump has");
        unless(state == State.STATEMENTS, "rows where no dump has any");
        String table =
                insert.group(1).substring(1, insert.group(1).length() - 1).replace("``", "`");
        unless(created.contains(table), "rows for a table that is not the dump's own");
        output.head(text);
        rows = Optional.of(new RowReader(tally.table(utf8(table))));
        line.reset();
        head = false;
        return true;
    }

    private void line(String text) throws Refusal {
        unless(state != State.END, "something behind its end mark");
        if (!statement.isEmpty()) {
            statement(text);
        } else if (text.startsWith("--")) {
            comment(text);
        } else if (text.strip().equals(SANDBOX)) {
            unless(state == State.HEADER, "a beginning that is not mariadb-dump's");
            output.comment(text);
        } else if (text.equals("DELIMITER ;;\n") || text.equals("DELIMITER ;\n")) {
            lexer.endsWith(text.strip().substring("DELIMITER ".length()));
            output.comment(text);
        } else if (text.isBlank()) {
            output.comment(text);
        } else {
            unless(state != State.HEADER, "a beginning that is not mariadb-dump's");
            statement(text);
        }
    }

    private void comment(String text) throws Refusal {
        unless(text.indexOf('\r') < 0, "a return outside of a text");
        unless(!text.startsWith("-- insufficient privileges"), "something that the user may not read");
        if (state == State.HEADER && text.startsWith(BEGIN)) {
            state = State.STATEMENTS;
        } else if (state == State.STATEMENTS && text.equals(COMPLETE)) {
            state = State.COMPLETE;
        } else if (text.startsWith(Tally.END)) {
            unless(state == State.COMPLETE, "it ends before mariadb-dump's end mark");
            unless(
                    text.equals(tally.endMark()),
                    "an end mark that does not fit: " + tally.endMark().strip());
            state = State.END;
        }
        Matcher version = DUMPED_FROM.matcher(text);
        if (dumpedFrom == 0 && version.matches()) {
            dumpedFrom = Server.series(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
        }
        if (text.startsWith(ROUTINES)) {
            output.comment(ROUTINES.strip() + "\n");
        } else if (!text.startsWith(HOST)) {
            output.comment(text);
        }
    }

    private void statement(String text) throws Refusal {
        statement.append(text);
        Optional<List<SqlToken>> ended = lexer.line(text);
        if (ended.isEmpty()) {
            return;
        }
        String sql = statement.toString();
        int length = lexer.length();
        statement.setLength(0);
        Matcher alter = ALTER_DATABASE.matcher(sql);
        String portable = alter.matches() ? "ALTER DATABASE " + alter.group(1) : output.portable(sql, ended.get());
        if (portable.equals(sql)) {
            run(sql, ended.get(), length);
        } else {
            // What is written is what is judged.
            List<SqlToken> tokens = List.of();
            for (String one : portable.split("(?<=\n)", -1)) {
                tokens = one.isEmpty() ? tokens : lexer.line(one).orElse(tokens);
            }
            run(portable, tokens, lexer.length());
        }
    }

    private void run(String sql, List<SqlToken> tokens, int length) throws Refusal {
        StatementGuard.Verdict verdict = guard.judge(tokens, sql);
        StatementGuard.created(tokens).ifPresent(name -> {
            created.add(name);
            tally.table(utf8(name));
        });
        output.statement(sql, verdict, tokens, length);
    }

    private static String utf8(String read) {
        return new String(read.getBytes(ISO_8859_1), UTF_8);
    }
}
