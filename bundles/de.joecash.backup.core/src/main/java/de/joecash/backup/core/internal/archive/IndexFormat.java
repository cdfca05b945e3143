package de.joecash.backup.core.internal.archive;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An index as bytes: version 1; the first member, after its length; then for each member content length and stored
 * length, CRC-32 of the stored bytes (four bytes, most significant first) and SHA-256 of the content; at last the
 * CRC-32 of all before it, so that an index that was cut is none. Lengths are base-128 numbers, least significant group
 * first, the highest bit saying that more follow. 42 bytes a member: 1.7 MB for 10 GB of content.
 */
public final class IndexFormat {
    private static final int VERSION = 1;
    private static final int CRC = 4;

    private IndexFormat() {}

    /** Writes an index. */
    public static byte[] write(MemberIndex index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 + index.size() * 42);
        out.write(VERSION);
        byte[] head = index.head();
        number(out, head.length);
        out.writeBytes(head);
        for (Member member : index) {
            number(out, member.contentLength());
            number(out, member.storedLength());
            out.writeBytes(ByteBuffer.allocate(CRC).putInt(member.storedCrc()).array());
            out.writeBytes(member.sha256().bytes());
        }
        byte[] bytes = out.toByteArray();
        out.writeBytes(ByteBuffer.allocate(CRC)
                .putInt(MemberFormat.crc(bytes, bytes.length))
                .array());
        return out.toByteArray();
    }

    /**
     * Reads an index; memory is taken for members that are there, never for a number that says so.
     *
     * @throws IOException if the bytes are no index, or one of a later version
     */
    public static MemberIndex read(byte[] bytes) throws IOException {
        int length = bytes.length - CRC;
        if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != MemberFormat.crc(bytes, length)) {
            throw new IOException("not an index, or a damaged one");
        }
        return readWhole(ByteBuffer.wrap(bytes, 0, length));
    }

    private static MemberIndex readWhole(ByteBuffer in) throws IOException {
        if (!in.hasRemaining() || in.get() != VERSION) {
            throw new IOException("not an index of version " + VERSION);
        }
        MemberIndex.Builder index = builder(in);
        while (in.hasRemaining()) {
            int content = number(in);
            int stored = number(in);
            if (in.remaining() < CRC + Digest.LENGTH) {
                throw new EOFException();
            }
            int crc = in.getInt();
            byte[] digest = new byte[Digest.LENGTH];
            in.get(digest);
            try {
                index.add(content, stored, crc, new Digest(digest));
            } catch (IllegalArgumentException e) {
                throw new IOException("not an index: a length is out of range", e);
            }
        }
        return index.build();
    }

    private static MemberIndex.Builder builder(ByteBuffer in) throws IOException {
        int length = number(in);
        if (length > MemberFormat.MAX_HEAD || length > in.remaining()) {
            throw new IOException("not an index: its first member is too long");
        }
        byte[] head = new byte[length];
        in.get(head);
        try {
            return new MemberIndex.Builder(head);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an index: it has no first member", e);
        }
    }

    private static void number(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int number(ByteBuffer in) throws IOException {
        int number = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (!in.hasRemaining()) {
                throw new EOFException();
            }
            byte group = in.get();
            number |= (group & 0x7f) << shift;
            if (group >= 0) {
                return number;
            }
        }
        throw new IOException("not an index: a number is too long");
    }
}
