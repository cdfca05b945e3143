package de.joecash.backup.source.mariadb.internal;

import static de.joecash.backup.tools.Refusal.unless;

import de.joecash.backup.spi.RowDigest;
import de.joecash.backup.tools.Refusal;

/**
 * Reads the rows of one {@code INSERT}, in whatever parts they come, and digests each with its parentheses. A row holds
 * numbers, texts and {@code NULL}: nothing that would be computed, so that reading and running see the same rows.
 */
final class RowReader {
    private static final byte[] NULL = {'U', 'L', 'L'};
    private static final byte[] BINARY = {'b', 'i', 'n', 'a', 'r', 'y', ' ', '\''};

    private enum State {
        BEFORE_ROW,
        VALUE,
        WORD,
        NUMBER,
        TEXT,
        ESCAPED,
        QUOTE,
        BEHIND_VALUE,
        BEHIND_ROW,
        BEHIND_ALL,
        END
    }

    private final RowDigest rows;
    private State state = State.BEFORE_ROW;
    private byte[] word = NULL;
    private int wordAt;
    private boolean first = true;
    private long length;
    private long longest;

    RowReader(RowDigest rows) {
        this.rows = rows;
    }

    /** Says whether the statement has ended, with its line. */
    boolean ended() {
        return state == State.END;
    }

    /** Gives the length of the longest row so far, in bytes; of one that goes on, as much as there is. */
    long longest() {
        return Math.max(longest, length);
    }

    /**
     * Takes a part.
     *
     * @return where in the bytes what is behind the statement begins; {@code end} if it goes on
     */
    int accept(byte[] bytes, int from, int end) throws Refusal {
        int at = from;
        int row = from;
        while (at < end && state != State.END) {
            if (state == State.TEXT) {
                at = text(bytes, at, end);
                continue;
            }
            State was = state;
            if (was == State.BEFORE_ROW) {
                row = at;
            }
            at = step(bytes[at], at);
            if (was != State.BEHIND_ROW && state == State.BEHIND_ROW) {
                rows.part(bytes, row, at - row);
                rows.endRow();
                longest = Math.max(longest, length + at - row);
                length = 0;
                row = at;
            }
        }
        if (inRow()) {
            rows.part(bytes, row, at - row);
            length += at - row;
        }
        return at;
    }

    private boolean inRow() {
        return state != State.BEFORE_ROW
                && state != State.BEHIND_ROW
                && state != State.BEHIND_ALL
                && state != State.END;
    }

    /** Goes to the end of what stands for itself in a text. */
    private int text(byte[] bytes, int from, int end) throws Refusal {
        int at = from;
        while (at < end) {
            byte b = bytes[at++];
            if (b == '\'') {
                state = State.QUOTE;
                return at;
            }
            if (b == '\\') {
                state = State.ESCAPED;
                return at;
            }
            unless(b != 0, "a NUL character");
        }
        return at;
    }

    /** Takes a byte; gives where the next one to be looked at is. */
    private int step(byte b, int at) throws Refusal {
        switch (state) {
            case BEFORE_ROW -> beforeRow(b);
            case VALUE -> value(b);
            case WORD -> {
                unless(b == word[wordAt], "a row that no dump has");
                wordAt++;
                if (wordAt == word.length) {
                    state = word == BINARY ? State.TEXT : State.BEHIND_VALUE;
                }
            }
            case NUMBER -> {
                if (!isNumber(b)) {
                    state = State.BEHIND_VALUE;
                    return at;
                }
            }
            case ESCAPED -> {
                unless(b != 0, "a NUL character");
                state = State.TEXT;
            }
            case QUOTE -> {
                state = b == '\'' ? State.TEXT : State.BEHIND_VALUE;
                return b == '\'' ? at + 1 : at;
            }
            case BEHIND_VALUE -> {
                unless(b == ',' || b == ')', "a row that no dump has");
                state = b == ',' ? State.VALUE : State.BEHIND_ROW;
            }
            case BEHIND_ROW -> {
                unless(b == ',' || b == ';', "a row that no dump has");
                state = b == ',' ? State.BEFORE_ROW : State.BEHIND_ALL;
            }
            default -> {
                unless(b == '\n', "a second statement in a line");
                state = State.END;
            }
        }
        return at + 1;
    }

    private void beforeRow(byte b) throws Refusal {
        if (b == '\n' && !first) {
            return;
        }
        unless(b == '(', "a row that no dump has");
        first = false;
        state = State.VALUE;
    }

    private void value(byte b) throws Refusal {
        if (b == '\'') {
            state = State.TEXT;
        } else if (b == 'N' || b == '_') {
            word = b == 'N' ? NULL : BINARY;
            wordAt = 0;
            state = State.WORD;
        } else {
            unless(b == '-' || (b >= '0' && b <= '9'), "a row that no dump has");
            state = State.NUMBER;
        }
    }

    /** What a number goes on with; an exponent or the digits of {@code 0x…}, too. */
    private static boolean isNumber(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'f')
                || (b >= 'A' && b <= 'F')
                || b == '.'
                || b == '-'
                || b == '+'
                || b == 'x';
    }
}
