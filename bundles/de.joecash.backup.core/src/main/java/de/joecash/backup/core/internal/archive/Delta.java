package de.joecash.backup.core.internal.archive;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What a content differs in from another one, its base: how many bytes both begin and end with, and what lies between
 * in pieces, each of them raw DEFLATE data (RFC 1951) with a preset dictionary (RFC 1950, section 2.2): the base's
 * bytes around the same place, or the content's own before it, whichever makes it shorter. A piece that lies a few KiB
 * away from where it was is still found in its dictionary.
 *
 * <p>The format: length of the beginning, then of the end, four bytes each, most significant first; for each piece a
 * byte that names its dictionary, 0 the base's or 1 the content's own, the length of its data in four bytes, and these.
 */
final class Delta {
    private static final int PIECE = 1 << 14;
    /** As far as DEFLATE looks back. */
    private static final int WINDOW = 1 << 15;

    private static final byte BASE = 0;
    private static final byte OWN = 1;
    private static final int LEVEL = 6;

    private Delta() {}

    /** Tells what a content differs in. */
    static byte[] of(byte[] base, byte[] content) {
        int beginning = beginning(base, content);
        int end = end(base, content, Math.min(base.length, content.length) - beginning);
        ByteArrayOutputStream delta = new ByteArrayOutputStream();
        delta.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(beginning)
                .putInt(end)
                .array());
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            for (int at = beginning; at < content.length - end; at += PIECE) {
                int length = Math.min(PIECE, content.length - end - at);
                byte[] byBase = deflated(deflater, content, at, length, aroundBase(base, at));
                byte[] byOwn = deflated(deflater, content, at, length, before(content, at));
                boolean own = byOwn.length < byBase.length;
                byte[] data = own ? byOwn : byBase;
                delta.write(own ? OWN : BASE);
                delta.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
                delta.writeBytes(data);
            }
        } finally {
            deflater.end();
        }
        return delta.toByteArray();
    }

    /**
     * Makes the content again. That it is the one that was meant is for its digest to show.
     *
     * @param length of the content; no more memory is taken
     * @throws DataFormatException if this is no delta between such a base and a content of that length
     */
    static byte[] apply(byte[] base, byte[] delta, int length) throws DataFormatException {
        ByteBuffer in = ByteBuffer.wrap(delta);
        Inflater inflater = new Inflater(true);
        try {
            int beginning = in.getInt();
            int end = in.getInt();
            int common = Math.min(base.length, length);
            if (beginning < 0 || end < 0 || beginning > common || end > common - beginning) {
                throw new DataFormatException("Beginning and end do not fit");
            }
            byte[] content = Arrays.copyOf(Arrays.copyOf(base, beginning), length);
            System.arraycopy(base, base.length - end, content, length - end, end);
            for (int at = beginning; at < length - end; at += PIECE) {
                byte[] dictionary = in.get() == OWN ? before(content, at) : aroundBase(base, at);
                int dataLength = in.getInt();
                if (dataLength < 0 || dataLength > in.remaining()) {
                    throw new DataFormatException("A piece is cut off");
                }
                byte[] data = new byte[dataLength];
                in.get(data);
                byte[] piece = inflated(inflater, data, dictionary, Math.min(PIECE, length - end - at));
                System.arraycopy(piece, 0, content, at, piece.length);
            }
            if (in.hasRemaining()) {
                throw new DataFormatException("It does not end where it should");
            }
            return content;
        } catch (BufferUnderflowException e) {
            DataFormatException cut = new DataFormatException("It is cut off");
            cut.initCause(e);
            throw cut;
        } finally {
            inflater.end();
        }
    }

    private static int beginning(byte[] base, byte[] content) {
        int mismatch = Arrays.mismatch(base, content);
        return mismatch < 0 ? base.length : mismatch;
    }

    private static int end(byte[] base, byte[] content, int most) {
        int length = 0;
        while (length < most && base[base.length - 1 - length] == content[content.length - 1 - length]) {
            length++;
        }
        return length;
    }

    private static byte[] aroundBase(byte[] base, int at) {
        int from = Math.max(0, Math.min(at - (WINDOW - PIECE) / 2, base.length - WINDOW));
        return Arrays.copyOfRange(base, from, Math.min(base.length, from + WINDOW));
    }

    private static byte[] before(byte[] content, int at) {
        return Arrays.copyOfRange(content, Math.max(0, at - WINDOW), at);
    }

    private static byte[] deflated(Deflater deflater, byte[] content, int at, int length, byte[] dictionary) {
        deflater.reset();
        deflater.setDictionary(dictionary);
        deflater.setInput(content, at, length);
        deflater.finish();
        byte[] data = new byte[2 * PIECE];
        int filled = 0;
        while (!deflater.finished()) {
            filled += deflater.deflate(data, filled, data.length - filled);
        }
        return Arrays.copyOf(data, filled);
    }

    private static byte[] inflated(Inflater inflater, byte[] data, byte[] dictionary, int length)
            throws DataFormatException {
        inflater.reset();
        inflater.setDictionary(dictionary);
        inflater.setInput(data);
        byte[] piece = new byte[length];
        int filled = 0;
        while (filled < length) {
            int count = inflater.inflate(piece, filled, length - filled);
            if (count <= 0) {
                throw new DataFormatException("A piece is shorter than it should be");
            }
            filled += count;
        }
        if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
            throw new DataFormatException("A piece is longer than it should be");
        }
        if (!inflater.finished() || inflater.getRemaining() != 0) {
            throw new DataFormatException("A piece does not end where it should");
        }
        return piece;
    }
}
