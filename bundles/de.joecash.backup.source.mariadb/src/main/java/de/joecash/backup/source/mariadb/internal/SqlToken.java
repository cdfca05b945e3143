package de.joecash.backup.source.mariadb.internal;

/**
 * A token of a statement.
 *
 * @param kind what it is
 * @param text of a word in lower case, of a name without its quotes, of a symbol as it is; of a string nothing
 * @param depth how many parentheses are open around it
 * @param start where it begins in the statement
 * @param end where it has ended
 */
record SqlToken(Kind kind, String text, int depth, int start, int end) {
    /** What a token can be. */
    enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in backquotes. */
        NAME,
        /** A text. */
        STRING,
        /** A number. */
        NUMBER,
        /** One character of anything else. */
        SYMBOL,
        /** The beginning of a comment whose inside is run. */
        OPEN,
        /** Its end. */
        CLOSE
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean symbol(char c) {
        return kind == Kind.SYMBOL && text.charAt(0) == c;
    }

    /** Says whether it can name something. */
    boolean names() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
