package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;

/**
 * Recovers what is whole in a damaged file: goes from member to member by the length that each tells, and where one is
 * damaged looks for the next beginning, wherever it lies now. With the file's index the list of what is missing is
 * exact; without it only where in the file something is. Not thread-safe.
 */
public final class Salvage implements AutoCloseable {
    private static final int WINDOW = 1 << 16;

    /** A file made to be slow has a beginning at every turn; more than this and its own length is not read in vain. */
    private static final long PATIENCE = 64L << 20;

    private final FileChannel file;
    private final Optional<MemberIndex> index;
    private final Codec.Inflating inflater = new JdkCodec().inflater();
    private final byte[] stored = new byte[MemberFormat.MAX_STORED];
    private final byte[] content = new byte[Cutter.MAX];
    private final List<Gap> gaps = new ArrayList<>();
    private long inVain;
    private int recovered;
    private long recoveredBytes;
    private int expected;

    /**
     * Something that is missing.
     *
     * @param storedOffset where in the damaged file it should be; the next thing that is whole begins at or after it
     * @param members how many members, 0 if the index is not there to tell
     * @param contentOffset where in the whole content it begins, -1 if the index is not there to tell
     * @param contentBytes how many bytes of content, -1 if the index is not there to tell
     */
    public record Gap(long storedOffset, int members, long contentOffset, long contentBytes) {}

    /**
     * What was recovered.
     *
     * @param members number of members
     * @param contentBytes their content
     * @param gaps what is missing, in order; empty where all was recovered
     */
    public record Recovered(int members, long contentBytes, List<Gap> gaps) {}

    /**
     * Opens a file.
     *
     * @param index its index, if that is whole
     */
    public Salvage(Path path, Optional<MemberIndex> index) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.index = index;
    }

    /**
     * Recovers; to be called once.
     *
     * @param out takes the content of every member that is whole, in order
     * @return what that was
     * @throws IOException if the file cannot be read or {@code out} throws it, or if the file was made to take for ever
     */
    public Recovered recover(OutputStream out) throws IOException {
        long size = file.size();
        byte[] first = new byte[MemberFormat.HEADER];
        read(0, first, first.length);
        long at = MemberFormat.headLength(first).orElse(0);
        long lost = -1;
        while (at < size) {
            int length = member(at);
            if (length > 0 && wanted(lost < 0 ? at : lost)) {
                out.write(content, 0, contentLength(length));
                recovered++;
                recoveredBytes += contentLength(length);
                lost = -1;
            } else if (length == 0 && lost < 0) {
                lost = at;
            }
            at = length > 0 ? at + length : next(at + 1, size);
        }
        end(lost);
        return new Recovered(recovered, recoveredBytes, List.copyOf(gaps));
    }

    private int contentLength(int length) {
        return MemberFormat.contentLength(stored, length);
    }

    /** Reads the member that begins here; returns its length, or 0 where none that is whole does. */
    private int member(long at) throws IOException {
        if (read(at, stored, MemberFormat.HEADER) < MemberFormat.HEADER) {
            return 0;
        }
        OptionalInt told = MemberFormat.storedLength(stored, 0);
        if (told.isEmpty()) {
            return 0;
        }
        int length = told.getAsInt();
        if (read(at, stored, length) < length || !whole(length)) {
            inVain += length;
            if (inVain > file.size() + PATIENCE) {
                throw new IOException("too many false beginnings");
            }
            return 0;
        }
        return length;
    }

    private boolean whole(int length) {
        int contentLength = contentLength(length);
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

    /** Whether the member just read is one that comes next; notes what is missing before it. */
    private boolean wanted(long lost) {
        if (index.isEmpty()) {
            return true;
        }
        Digest sha256 = digest();
        for (int ordinal = expected; ordinal < index.get().size(); ordinal++) {
            if (index.get().get(ordinal).sha256().equals(sha256)) {
                note(lost, ordinal);
                expected = ordinal + 1;
                return true;
            }
        }
        return false;
    }

    private Digest digest() {
        Sha256 digest = new Sha256();
        digest.update(
                content,
                0,
                MemberFormat.contentLength(
                        stored, MemberFormat.storedLength(stored, 0).orElseThrow()));
        return digest.digest();
    }

    /** Without an index a gap is noted when it ends; with one, when the member behind it is known. */
    private void note(long lost, int until) {
        if (until > expected) {
            long from = index.get().get(expected).contentOffset();
            long to = until < index.get().size()
                    ? index.get().get(until).contentOffset()
                    : index.get().contentBytes();
            gaps.add(new Gap(lost, until - expected, from, to - from));
        }
    }

    private void end(long lost) throws IOException {
        if (index.isPresent()) {
            note(lost < 0 ? file.size() : lost, index.get().size());
        } else if (lost >= 0) {
            gaps.add(new Gap(lost, 0, -1, -1));
        }
    }

    /** Finds where a member may begin. */
    private long next(long from, long size) throws IOException {
        byte[] window = new byte[WINDOW + MemberFormat.HEADER];
        for (long at = from; at < size; at += WINDOW) {
            int count = read(at, window, window.length);
            for (int i = 0; i < Math.min(WINDOW, count - MemberFormat.HEADER + 1); i++) {
                if (window[i] == 0x1f && MemberFormat.storedLength(window, i).isPresent()) {
                    return at + i;
                }
            }
        }
        return size;
    }

    private int read(long from, byte[] into, int length) throws IOException {
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
