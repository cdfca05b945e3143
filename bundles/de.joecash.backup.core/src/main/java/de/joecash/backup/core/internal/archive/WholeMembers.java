package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;

/**
 * The members of a damaged file that are whole: goes from one to the next by the length that each tells, and where one
 * is damaged looks for the next beginning, wherever that lies now. Not thread-safe.
 */
final class WholeMembers implements AutoCloseable {
    private static final int WINDOW = 1 << 16;

    /** A file made to be slow has a beginning at every turn; more than this and its own length is not read in vain. */
    private static final long PATIENCE = 8L << 20;

    private final FileChannel file;
    private final long size;
    private final Codec.Inflating inflater = new JdkCodec().inflater();
    private final byte[] stored = new byte[MemberFormat.MAX_STORED];
    private final byte[] content = new byte[Cutter.MAX];
    private final byte[] window = new byte[WINDOW + MemberFormat.HEADER];
    private long windowAt;
    private int windowFilled;
    private long inVain;
    private long at;
    private int storedLength;

    /** Opens a file, before its first member. */
    WholeMembers(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            size = file.size();
            byte[] first = new byte[MemberFormat.HEADER];
            at = fill(first, first.length, 0) < first.length
                    ? 0
                    : MemberFormat.headLength(first).orElse(0);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Length of the file in bytes. */
    long size() {
        return size;
    }

    /** Where the member begins, before the first {@link #next} where the first one is looked for. */
    long at() {
        return at;
    }

    /** Where the member ends. */
    long end() {
        return at + storedLength;
    }

    /** Its content, good until the next call; {@link #contentLength} bytes of it. */
    byte[] content() {
        return content;
    }

    int contentLength() {
        return MemberFormat.contentLength(stored, storedLength);
    }

    Digest digest() {
        Sha256 digest = new Sha256();
        digest.update(content, 0, contentLength());
        return digest.digest();
    }

    /**
     * Goes to the next.
     *
     * @return whether there is one
     * @throws IOException if the file cannot be read, or was made to take for ever
     */
    boolean next() throws IOException {
        long from = end();
        while (from < size) {
            if (goTo(from)) {
                return true;
            }
            from = beginning(from + 1);
        }
        return false;
    }

    /**
     * Goes to a place in the file.
     *
     * @return whether a member begins there that is whole
     */
    boolean goTo(long place) throws IOException {
        at = place;
        storedLength = 0;
        if (fill(stored, MemberFormat.HEADER, place) < MemberFormat.HEADER) {
            return false;
        }
        OptionalInt told = MemberFormat.storedLength(stored, 0);
        if (told.isEmpty()) {
            return false;
        }
        int length = told.getAsInt();
        if (fill(stored, length, place) < length || !isWhole(length)) {
            inVain += length;
            if (inVain > size + PATIENCE) {
                throw new IOException("too many false beginnings");
            }
            return false;
        }
        storedLength = length;
        return true;
    }

    private boolean isWhole(int length) {
        int contentLength = MemberFormat.contentLength(stored, length);
        if (contentLength < 1 || contentLength > Cutter.MAX) {
            return false;
        }
        try {
            int data = length - MemberFormat.HEADER - MemberFormat.TRAILER;
            inflater.inflate(stored, MemberFormat.HEADER, data, content, contentLength);
        } catch (DataFormatException e) {
            return false;
        }
        return MemberFormat.crc(content, contentLength) == MemberFormat.contentCrc(stored, length);
    }

    /** Finds where a member may begin, at a place or behind it. */
    private long beginning(long from) throws IOException {
        for (long place = from; place < size; place++) {
            if (place < windowAt || place + MemberFormat.HEADER > windowAt + windowFilled) {
                windowAt = place;
                windowFilled = fill(window, window.length, place);
                if (windowFilled < MemberFormat.HEADER) {
                    return size;
                }
            }
            int i = (int) (place - windowAt);
            if (window[i] == 0x1f && MemberFormat.storedLength(window, i).isPresent()) {
                return place;
            }
        }
        return size;
    }

    private int fill(byte[] into, int length, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            // Until it is full or the file ends.
        }
        return buffer.position();
    }

    @Override
    public void close() throws IOException {
        inflater.close();
        file.close();
    }
}
