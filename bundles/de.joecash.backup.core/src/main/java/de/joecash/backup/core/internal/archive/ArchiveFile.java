package de.joecash.backup.core.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;

/**
 * An archive, or a pack of members, on disk with its index: any member can be had without those before it. Thread-safe.
 */
public final class ArchiveFile implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final FileChannel channel;
    private final MemberIndex index;

    private ArchiveFile(FileChannel channel, MemberIndex index) {
        this.channel = channel;
        this.index = index;
    }

    /** Opens a file whose index is known. */
    public static ArchiveFile open(Path file, MemberIndex index) throws IOException {
        return new ArchiveFile(FileChannel.open(file, StandardOpenOption.READ), index);
    }

    /** Its members. */
    public MemberIndex index() {
        return index;
    }

    /**
     * Reads a member as it stands in the file and inflates it.
     *
     * @throws IOException if it is damaged or cannot be read
     */
    public byte[] content(Member member) throws IOException {
        byte[] stored = stored(member);
        try (MemberCheck check = new MemberCheck(new JdkCodec())) {
            return Arrays.copyOf(check.check(member, stored), member.contentLength());
        } catch (DataFormatException e) {
            throw damaged(member, e);
        }
    }

    /**
     * Reads a member as it stands in the file.
     *
     * @throws IOException if it has changed or cannot be read
     */
    byte[] stored(Member member) throws IOException {
        byte[] stored = new byte[member.storedLength()];
        read(member.storedOffset(), stored, stored.length);
        if (MemberFormat.crc(stored, stored.length) != member.storedCrc()) {
            throw damaged(member, null);
        }
        return stored;
    }

    /**
     * Gives a member with this content as it stands in the file, if there is one here that has not changed since.
     *
     * @param buffers give room for its bytes
     */
    Optional<StoredMember> copy(Digest sha256, int contentLength, int contentCrc, Buffers buffers) {
        Member member = index.find(sha256).orElse(null);
        if (member == null || member.contentLength() != contentLength) {
            return Optional.empty();
        }
        int length = member.storedLength();
        byte[] stored = buffers.take(length);
        if (isSame(member, stored, contentCrc)) {
            return Optional.of(new StoredMember(stored, length, member.storedCrc(), contentLength, sha256));
        }
        buffers.giveBack(stored);
        return Optional.empty();
    }

    private boolean isSame(Member member, byte[] stored, int contentCrc) {
        int length = member.storedLength();
        try {
            read(member.storedOffset(), stored, length);
        } catch (IOException e) {
            // Whoever verifies that archive is told; here the member is made anew.
            return false;
        }
        return MemberFormat.crc(stored, length) == member.storedCrc()
                && MemberFormat.storedLength(stored, 0).equals(OptionalInt.of(length))
                && MemberFormat.contentCrc(stored, length) == contentCrc
                && MemberFormat.contentLength(stored, length) == member.contentLength();
    }

    private static IOException damaged(Member member, Exception cause) {
        return new IOException("member " + member.ordinal() + " is damaged", cause);
    }

    /** In small pieces: a thread keeps as much memory outside the heap as it ever reads at once. */
    private void read(long from, byte[] into, int length) throws IOException {
        int at = 0;
        while (at < length) {
            int count = channel.read(ByteBuffer.wrap(into, at, Math.min(PIECE, length - at)), from + at);
            if (count < 0) {
                throw new EOFException();
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
