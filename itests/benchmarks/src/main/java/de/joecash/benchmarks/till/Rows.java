package de.joecash.benchmarks.till;

import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;

/** Rows as text: columns parted by tabs, rows by line feeds, {@code \N} for null. For one thread. */
final class Rows {
    private static final int FULL = 1 << 15;

    private final Writer out;
    private final StringBuilder text = new StringBuilder(2 * FULL);
    private long written;
    private boolean inRow;

    Rows(Writer out) {
        this.out = out;
    }

    /** Characters of all rows so far. */
    long length() {
        return written + text.length();
    }

    Rows number(long value) {
        next().append(value);
        return this;
    }

    Rows text(String value) {
        next().append(value);
        return this;
    }

    Rows none() {
        next().append("\\N");
        return this;
    }

    Rows time(LocalDate day, int second) {
        next().append(day)
                .append(' ')
                .append(digit(second / 36000))
                .append(digit(second / 3600))
                .append(':')
                .append(digit(second / 600 % 6))
                .append(digit(second / 60))
                .append(':')
                .append(digit(second / 10 % 6))
                .append(digit(second));
        return this;
    }

    void end() throws IOException {
        text.append('\n');
        inRow = false;
        if (text.length() >= FULL) {
            flush();
        }
    }

    void flush() throws IOException {
        out.append(text);
        out.flush();
        written += text.length();
        text.setLength(0);
    }

    private StringBuilder next() {
        if (inRow) {
            text.append('\t');
        }
        inRow = true;
        return text;
    }

    private static char digit(int value) {
        return (char) ('0' + value % 10);
    }
}
