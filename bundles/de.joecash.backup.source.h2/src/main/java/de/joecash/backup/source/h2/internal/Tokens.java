package de.joecash.backup.source.h2.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Walks over the tokens of one statement, knowing only what {@code SCRIPT} writes: no comments, no dollar quotes, no
 * parameters, no variables. What H2 could read in another way than we do is refused.
 */
final class Tokens {
    /** What a token is. */
    enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        NAME,
        /** A literal: text, bytes or number. */
        LITERAL,
        /** One character of punctuation. */
        SYMBOL
    }

    /**
     * A token that was kept.
     *
     * @param kind what it is
     * @param text a word in upper case, a name without quotes and escapes, a symbol; empty for a literal
     */
    record Token(Kind kind, String text) {
        boolean is(String wordOrSymbol) {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(wordOrSymbol);
        }
    }

    private static final String SYMBOLS = "(),.=<>!+-*/%|:[]&^~";

    private final String sql;
    private int start;
    private int end;
    private Kind kind = Kind.SYMBOL;

    Tokens(String sql) {
        this.sql = sql;
    }

    static List<Token> all(String sql) throws Refusal {
        Tokens tokens = new Tokens(sql);
        List<Token> all = new ArrayList<>();
        while (tokens.next()) {
            tokens.requirePrintable();
            all.add(new Token(tokens.kind, tokens.text()));
        }
        return all;
    }

    /** Moves on; answers whether there is a token. */
    boolean next() throws Refusal {
        start = end;
        while (start < sql.length() && (sql.charAt(start) == ' ' || sql.charAt(start) == '\n')) {
            start++;
        }
        end = start;
        if (start == sql.length()) {
            return false;
        }
        char c = sql.charAt(start);
        if (c == '\'') {
            literal(start);
        } else if (c == '"') {
            kind = Kind.NAME;
            end = closing(start);
        } else if (isWordStart(c)) {
            word();
        } else if (isDigit(c)) {
            number();
        } else {
            symbol(c);
        }
        return true;
    }

    Kind kind() {
        return kind;
    }

    /** Answers whether the present token is this symbol. */
    boolean is(char symbol) {
        return kind == Kind.SYMBOL && sql.charAt(start) == symbol;
    }

    /** Gives the present token's text as {@link Token} has it. */
    String text() throws Refusal {
        return switch (kind) {
            case WORD -> sql.substring(start, end).toUpperCase(Locale.ROOT);
            case SYMBOL -> sql.substring(start, end);
            case LITERAL -> "";
            case NAME -> unquoted(sql.substring(start, end));
        };
    }

    /** Refuses what would break the rule that a row is a line, and what nobody sees. */
    private void requirePrintable() throws Refusal {
        for (int i = start; i < end; i++) {
            if (sql.charAt(i) < ' ' || sql.charAt(i) == 0x7F) {
                throw new Refusal("a control character within quotes");
            }
        }
    }

    private void literal(int quote) throws Refusal {
        kind = Kind.LITERAL;
        end = closing(quote);
    }

    private void word() throws Refusal {
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        kind = Kind.WORD;
        char prefix = end - start == 1 ? sql.charAt(start) : ' ';
        boolean unicode = prefix == 'U' || prefix == 'u';
        boolean quoted = at(end, '&') && (at(end + 1, '\'') || at(end + 1, '"'));
        if (at(end, '\'') && prefix == 'X') {
            literal(end);
        } else if (quoted && prefix == 'U') {
            kind = at(end + 1, '"') ? Kind.NAME : Kind.LITERAL;
            end = closing(end + 1);
        } else if (at(end, '\'') || at(end, '"') || (quoted && unicode)) {
            throw new Refusal("an unknown kind of literal");
        }
    }

    private void number() throws Refusal {
        kind = Kind.LITERAL;
        digits();
        if (at(end, '.')) {
            end++;
            digits();
        }
        if (at(end, 'E')) {
            end++;
            if (at(end, '+') || at(end, '-')) {
                end++;
            }
            int exponent = end;
            digits();
            if (end == exponent) {
                throw new Refusal("a malformed number");
            }
        }
        if (end < sql.length() && (isWordPart(sql.charAt(end)) || "'\".&".indexOf(sql.charAt(end)) >= 0)) {
            throw new Refusal("a malformed number");
        }
    }

    private void digits() {
        while (end < sql.length() && isDigit(sql.charAt(end))) {
            end++;
        }
    }

    private void symbol(char c) throws Refusal {
        kind = Kind.SYMBOL;
        end = start + 1;
        boolean comment = (c == '-' && at(end, '-')) || (c == '/' && (at(end, '/') || at(end, '*')));
        if (comment || SYMBOLS.indexOf(c) < 0) {
            throw new Refusal("the character " + c + (comment ? c : ""));
        }
    }

    /** Finds the end of what the quote at an index opens; a doubled quote does not close it. */
    private int closing(int opening) throws Refusal {
        char quote = sql.charAt(opening);
        for (int i = opening + 1; ; i += 2) {
            i = sql.indexOf(quote, i);
            if (i < 0) {
                throw new Refusal("a quote that is not closed");
            }
            if (!at(i + 1, quote)) {
                if (i + 1 < sql.length() && isWordPart(sql.charAt(i + 1))) {
                    throw new Refusal("a word that begins where a quote ends");
                }
                return i + 1;
            }
        }
    }

    /** Takes quotes and escapes off a name; escapes are four hexadecimal digits, or {@code +} and six. */
    private static String unquoted(String name) throws Refusal {
        int quote = name.indexOf('"');
        String raw = name.substring(quote + 1, name.length() - 1).replace("\"\"", "\"");
        if (quote == 0 || raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
            } else if (raw.startsWith("\\\\", i)) {
                text.append('\\');
                i += 2;
            } else {
                boolean six = raw.startsWith("\\+", i);
                int from = i + (six ? 2 : 1);
                i = from + (six ? 6 : 4);
                text.appendCodePoint(codePoint(raw, from, i));
            }
        }
        return text.toString();
    }

    private static int codePoint(String raw, int from, int to) throws Refusal {
        try {
            int codePoint = Integer.parseInt(raw, from, Math.min(to, raw.length()), 16);
            if (to <= raw.length() && Character.isValidCodePoint(codePoint)) {
                return codePoint;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new Refusal("a malformed escape");
        }
        throw new Refusal("a malformed escape");
    }

    private boolean at(int index, char c) {
        return index < sql.length() && sql.charAt(index) == c;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$' || c == '#';
    }
}
