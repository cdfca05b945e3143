package de.joecash.backup.source.mariadb.internal;

import static de.joecash.backup.tools.Refusal.unless;

import de.joecash.backup.source.mariadb.internal.SqlToken.Kind;
import de.joecash.backup.tools.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a statement as the server does (MariaDB documentation, "Lexical Structure"), line by line; with backslashes
 * that escape and double quotes that are texts, which {@link StatementGuard} sees to. Comments whose inside is run
 * ({@code /*!50003 … *}{@code /}) are read as what is inside.
 *
 * <p>Characters are bytes here: all that has a meaning is ASCII, and UTF-8 has no ASCII byte inside another character.
 */
final class SqlLexer {
    private static final Pattern OPENING = Pattern.compile("/\\*(?:!|M!)(\\d{5,6})");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?(?:[eE]\\d*)?|0[xX][0-9A-Fa-f]+|0b[01]+");

    /** MariaDB leaves the inside of these to MySQL. */
    private static final int FIRST_OF_MYSQL = 50_700;

    private static final int LAST_OF_MYSQL = 99_999;
    private static final int DEEPEST = 500;

    private final List<SqlToken> tokens = new ArrayList<>();
    private String end = ";";
    /** The quote that is open; 0 if none, {@code *} in a comment. */
    private char quote;

    private StringBuilder name = new StringBuilder();
    private int opened;
    private int depth;
    private boolean running;

    private String line = "";
    private int at;
    /** How much of the statement is in lines before this one. */
    private int before;

    private int length;

    /** Sets what ends the statements that follow. */
    void endsWith(String delimiter) {
        end = delimiter;
    }

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
            if (quote != 0) {
                quoted();
            } else if (line.startsWith(end, at)
                    && !running
                    && line.substring(at + end.length()).isBlank()) {
                List<SqlToken> whole = List.copyOf(tokens);
                tokens.clear();
                length = before + at;
                depth = 0;
                before = 0;
                return Optional.of(whole);
            } else {
                plain();
            }
        }
        before += line.length();
        return Optional.empty();
    }

    /** Gives the length of the statement that ended last, without its delimiter. */
    int length() {
        return length;
    }

    private char peek(int ahead) {
        return at + ahead < line.length() ? line.charAt(at + ahead) : '\n';
    }

    private void plain() throws Refusal {
        char c = line.charAt(at);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
        } else if (c == '#' || (c == '-' && peek(1) == '-' && peek(2) <= ' ')) {
            at = line.length();
        } else if (c == '/' && peek(1) == '*') {
            comment();
        } else if (c == '*' && peek(1) == '/' && running) {
            token(Kind.CLOSE, "", at, at + 2);
            running = false;
            at += 2;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
            opened = before + at;
            name = new StringBuilder();
            at++;
        } else if (isWord(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    private void comment() throws Refusal {
        Matcher opening = OPENING.matcher(line).region(at, line.length());
        if (opening.lookingAt()) {
            int version = Integer.parseInt(opening.group(1));
            unless(!running, "a comment inside a comment");
            unless(version < FIRST_OF_MYSQL || version > LAST_OF_MYSQL, "a comment for MySQL alone");
            int last = line.startsWith(" ", opening.end()) ? opening.end() + 1 : opening.end();
            token(Kind.OPEN, "", at, last);
            running = true;
            at = last;
        } else {
            unless(peek(2) != '!' && !(peek(2) == 'M' && peek(3) == '!'), "a comment that no dump has");
            quote = '*';
            at += 2;
        }
    }

    private void word() throws Refusal {
        int last = at;
        boolean number = isDigit(line.charAt(at));
        while (last < line.length() && (isWord(line.charAt(last)) || (number && line.charAt(last) == '.'))) {
            last++;
        }
        String word = line.substring(at, last);
        unless(!number || NUMBER.matcher(word).matches(), "a number that no dump has");
        token(number ? Kind.NUMBER : Kind.WORD, number ? "" : word.toLowerCase(Locale.ROOT), at, last);
        at = last;
    }

    private void symbol(char c) throws Refusal {
        unless(c != '\\' && c > ' ' && c != 0x7f, "a character that no dump has");
        if (c == '(') {
            depth++;
            unless(depth <= DEEPEST, "too many parentheses");
        } else if (c == ')' && depth > 0) {
            depth--;
        }
        token(Kind.SYMBOL, String.valueOf(c), at, at + 1);
        at++;
    }

    /** Goes on in a text, a name or a comment. */
    private void quoted() {
        if (quote == '*') {
            int close = line.indexOf("*/", at);
            at = close < 0 ? line.length() : close + 2;
            quote = close < 0 ? quote : 0;
            return;
        }
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean two = c == quote && peek(1) == quote;
            if (c == quote && !two) {
                at++;
                tokens.add(new SqlToken(
                        quote == '`' ? Kind.NAME : Kind.STRING,
                        quote == '`' ? name.toString() : "",
                        depth,
                        opened,
                        before + at));
                quote = 0;
                return;
            }
            if (quote == '`') {
                name.append(c);
            }
            at += two || (c == '\\' && quote != '`') ? 2 : 1;
        }
        at = line.length();
    }

    private void token(Kind kind, String text, int from, int to) {
        tokens.add(new SqlToken(kind, text, depth, before + from, before + to));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
