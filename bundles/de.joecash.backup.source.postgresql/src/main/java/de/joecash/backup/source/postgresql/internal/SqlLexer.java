package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.source.postgresql.internal.SqlToken.Kind;
import de.joecash.backup.tools.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the end of a statement where psql finds it, line by line (PostgreSQL documentation, 4.1 "Lexical Structure",
 * with {@code standard_conforming_strings} on). What the two might see differently, and {@code pg_dump} does not write,
 * is refused: anything of psql's own outside of quotes ({@code \} and {@code :name}), comments in slashes, strings that
 * are continued, returns.
 *
 * <p>Characters are bytes here: all that has a meaning is ASCII, and UTF-8 has no ASCII byte inside another character.
 */
final class SqlLexer {
    private enum Quote {
        NONE,
        STRING,
        ESCAPES,
        NAME,
        DOLLAR
    }

    private final List<SqlToken> tokens = new ArrayList<>();
    private Quote quote = Quote.NONE;
    private String tag = "";
    private StringBuilder name = new StringBuilder();
    private int depth;
    /** How deep in the body of an SQL-standard function, as psql counts it. */
    private int blocks;

    private StringBuilder head = new StringBuilder();
    private String line = "";
    private int at;

    /**
     * Reads a line.
     *
     * @param text with its line feed
     * @return the statement's tokens, if it ends in this line; then the next line begins another
     */
    Optional<List<SqlToken>> line(String text) throws Refusal {
        line = text;
        at = 0;
        while (at < line.length()) {
            if (quote != Quote.NONE) {
                quoted();
            } else if (plain()) {
                if (!line.substring(at).isBlank()) {
                    throw new Refusal("a second statement in a line");
                }
                List<SqlToken> whole = List.copyOf(tokens);
                reset();
                return Optional.of(whole);
            }
        }
        return Optional.empty();
    }

    private void reset() {
        tokens.clear();
        depth = 0;
        blocks = 0;
        head = new StringBuilder();
    }

    private char peek(int ahead) {
        return at + ahead < line.length() ? line.charAt(at + ahead) : '\n';
    }

    /** Goes on where nothing is quoted; says whether the statement ends. */
    private boolean plain() throws Refusal {
        char c = line.charAt(at);
        if (c == ' ' || c == '\t' || c == '\n') {
            at++;
        } else if (c == '-' && peek(1) == '-') {
            comment();
        } else if (c == '\'' || c == '"') {
            open(c == '"' ? Quote.NAME : Quote.STRING, 1);
        } else if (c == '$') {
            dollar();
        } else if (startsName(c)) {
            word();
        } else if (isDigit(c)) {
            number();
        } else {
            return symbol(c);
        }
        return false;
    }

    private void comment() throws Refusal {
        if (line.indexOf('\r', at) >= 0) {
            throw new Refusal("a return outside of a text");
        }
        at = line.length();
    }

    private void open(Quote kind, int length) throws Refusal {
        if (kind != Quote.NAME
                && !tokens.isEmpty()
                && tokens.get(tokens.size() - 1).kind() == Kind.STRING) {
            throw new Refusal("two texts side by side");
        }
        quote = kind;
        name = new StringBuilder();
        at += length;
    }

    private void dollar() throws Refusal {
        int end = at + 1;
        if (isDigit(peek(1))) {
            while (end < line.length() && isDigit(line.charAt(end))) {
                end++;
            }
            if (end < line.length() && (startsName(line.charAt(end)) || line.charAt(end) == '$')) {
                throw new Refusal("a dollar sign that no dump has");
            }
            token(Kind.NUMBER, "$");
            at = end;
            return;
        }
        while (end < line.length() && (startsName(line.charAt(end)) || isDigit(line.charAt(end)))) {
            end++;
        }
        if (end >= line.length() || line.charAt(end) != '$') {
            throw new Refusal("a dollar sign that no dump has");
        }
        tag = line.substring(at, end + 1);
        open(Quote.DOLLAR, tag.length());
    }

    private void word() throws Refusal {
        int end = at;
        while (end < line.length() && (startsName(line.charAt(end)) || isDigit(line.charAt(end)))) {
            end++;
        }
        char next = end < line.length() ? line.charAt(end) : '\n';
        String word = line.substring(at, end).toLowerCase(Locale.ROOT);
        if (next == '$') {
            throw new Refusal("a dollar sign that no dump has");
        }
        if (next == '\'' && word.length() == 1 && "ebxn".contains(word)) {
            open(word.equals("e") ? Quote.ESCAPES : Quote.STRING, 2);
        } else if (word.equals("u") && next == '&') {
            throw new Refusal("a text with Unicode escapes");
        } else {
            at = end;
            block(word);
            token(Kind.WORD, word);
        }
    }

    /** Counts blocks as psqlscan.l does: only in CREATE [OR REPLACE] FUNCTION or PROCEDURE, outside of parentheses. */
    private void block(String word) {
        if (head.length() < 4) {
            boolean counts =
                    List.of("create", "or", "replace", "function", "procedure").contains(word);
            head.append(counts ? word.charAt(0) : '-');
        }
        if (depth > 0 || !head.toString().matches("c(or)?[fp].*")) {
            return;
        }
        if (word.equals("begin") || (word.equals("case") && blocks > 0)) {
            blocks++;
        } else if (word.equals("end") && blocks > 0) {
            blocks--;
        }
    }

    private void number() throws Refusal {
        int end = at;
        while (end < line.length()
                && (isDigit(line.charAt(end)) || startsName(line.charAt(end)) || line.charAt(end) == '.')) {
            end++;
        }
        String number = line.substring(at, end);
        char next = end < line.length() ? line.charAt(end) : '\n';
        if (!number.matches("[0-9]+(\\.[0-9]*)?([eE][0-9]*)?") || next == '$' || next == '\'') {
            throw new Refusal("a number that no dump has");
        }
        token(Kind.NUMBER, number);
        at = end;
    }

    private boolean symbol(char c) throws Refusal {
        if (c == '\\' || c < ' ' || (c == '/' && peek(1) == '*')) {
            throw new Refusal(c == '\\' ? "a command of psql" : "a character that no dump has");
        }
        if (c == ':') {
            colon();
            return false;
        }
        if (c == '(') {
            depth++;
        } else if (c == ')' && depth > 0) {
            depth--;
        }
        at++;
        if (c == ';' && depth == 0 && blocks == 0) {
            return true;
        }
        token(Kind.SYMBOL, String.valueOf(c));
        return false;
    }

    private void colon() throws Refusal {
        int length = peek(1) == ':' ? 2 : 1;
        char next = peek(length);
        boolean variable = length == 1 && (next == '\'' || next == '"' || next == '{' || (next >= 'A' && next <= 'Z'));
        if (variable || next == ':') {
            throw new Refusal("a variable of psql");
        }
        token(Kind.SYMBOL, ":");
        at += length;
    }

    private void quoted() {
        switch (quote) {
            case DOLLAR -> {
                int end = line.indexOf(tag, at);
                close(end < 0 ? line.length() : end + tag.length(), end >= 0, Kind.STRING);
            }
            case NAME -> until('"', Kind.NAME);
            default -> until('\'', Kind.STRING);
        }
    }

    private void until(char end, Kind kind) {
        int i = at;
        while (i < line.length()) {
            char c = line.charAt(i);
            boolean two = c == end && i + 1 < line.length() && line.charAt(i + 1) == end;
            boolean escaped = quote == Quote.ESCAPES && c == '\\';
            if (c == end && !two) {
                close(i + 1, true, kind);
                return;
            }
            if (kind == Kind.NAME) {
                name.append(c);
            }
            i += two || escaped ? 2 : 1;
        }
        close(line.length(), false, kind);
    }

    private void close(int next, boolean ended, Kind kind) {
        at = next;
        if (ended) {
            quote = Quote.NONE;
            token(kind, kind == Kind.NAME ? name.toString() : "");
        }
    }

    private void token(Kind kind, String text) {
        tokens.add(new SqlToken(kind, text, depth));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }
}
