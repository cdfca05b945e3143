package de.joecash.backup.source.postgresql.internal;

/**
 * A token of a statement.
 *
 * @param kind what it is
 * @param text of a word in lower case, of a name without its quotes, of a symbol as it is; of a string nothing
 * @param depth how many parentheses are open around it
 */
record SqlToken(Kind kind, String text, int depth) {
    /** What a token can be. */
    enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in quotes. */
        NAME,
        /** A text, whatever its quotes. */
        STRING,
        /** A number or a parameter. */
        NUMBER,
        /** One character of anything else. */
        SYMBOL
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
