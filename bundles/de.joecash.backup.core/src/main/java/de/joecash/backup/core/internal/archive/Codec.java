package de.joecash.backup.core.internal.archive;

import java.util.zip.DataFormatException;

/**
 * A library that writes and reads raw DEFLATE data (RFC 1951), a whole member at a time. Thread-safe; what it makes is
 * used by one thread at a time and to be closed.
 */
public interface Codec {
    /** What it is called in logs and settings. */
    String name();

    /**
     * Tells how hard it can try.
     *
     * @return its levels from the one that is smallest to the one that is fastest, none empty
     */
    int[] levels();

    /**
     * Makes a deflater.
     *
     * @param level 1, the fastest, to 9, the smallest; one that is not of {@link #levels} as far as the library has it
     */
    Deflating deflater(int level);

    /** Makes an inflater. */
    Inflating inflater();

    /** Deflates. */
    interface Deflating extends AutoCloseable {
        /**
         * Deflates a whole content.
         *
         * @param into takes the data from {@code offset} to its end at most
         * @return length of the data; -1 if it does not fit
         */
        int deflate(byte[] content, int length, byte[] into, int offset);

        @Override
        void close();
    }

    /** Inflates. */
    interface Inflating extends AutoCloseable {
        /**
         * Inflates a whole content.
         *
         * @param into takes the content
         * @param expected the length that it must have, at most that of {@code into}
         * @throws DataFormatException if the data are no DEFLATE data of this length with a content of that length
         */
        void inflate(byte[] data, int offset, int length, byte[] into, int expected) throws DataFormatException;

        @Override
        void close();
    }
}
