package de.joecash.backup.core.internal.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * How members look in the file: gzip members as RFC 1952 has them, each telling its own length in an extra field
 * (section 2.3.1.1, {@code SI1='J', SI2='C'}, four bytes, least significant first), so that a reader can go from one to
 * the next without inflating and find its way again behind damage. A file begins with a member that is empty and
 * carries the content's name and time; all others carry neither, so that equal content can be equal bytes in any
 * archive. A member that holds a delta has {@code SI2='D'}; see {@link DeltaFormat}.
 */
final class MemberFormat {
    /**
     * Bytes before the DEFLATE data of a member that has content: gzip's ten, two of length and eight of extra field.
     */
    static final int HEADER = 20;
    /** Bytes after the data: CRC-32 and length of the content (section 2.3.1). */
    static final int TRAILER = 8;
    /** Bytes in the file of a member at most. DEFLATE grows what it cannot shrink by far less. */
    static final int MAX_STORED = Cutter.MAX + (Cutter.MAX >> 8) + HEADER + TRAILER;
    /** Bytes in the file of the first member at most. */
    static final int MAX_HEAD = 512;

    private static final byte FEXTRA = 4;
    private static final byte FNAME = 8;
    private static final int LENGTH_AT = 16;
    private static final int KIND_AT = 13;
    private static final byte WHOLE = 'C';
    private static final byte DELTA = 'D';
    private static final int NAME_MAX = 255;
    private static final byte[] BEGIN = {0x1f, (byte) 0x8b, 8, FEXTRA, 0, 0, 0, 0, 0, (byte) 255, 8, 0, 'J', 'C', 4, 0};
    /** One final block of fixed codes with nothing in it (RFC 1951, section 3.2.6). */
    private static final byte[] NOTHING = {3, 0};

    private MemberFormat() {}

    /**
     * Makes a file's first member. The name is Latin-1 (RFC 1952, section 2.3.1); what is not becomes a question mark.
     */
    static byte[] head(String name, Instant time) {
        byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
        if (latin.length > NAME_MAX || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Not a plain file name");
        }
        int length = HEADER + latin.length + 1 + NOTHING.length + TRAILER;
        ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        head.put(BEGIN).putInt(length).put(latin).put((byte) 0).put(NOTHING);
        head.put(3, (byte) (FEXTRA | FNAME));
        // Zero means that no time is known; four bytes end in 2106.
        head.putInt(4, (int) Math.max(0, Math.min(0xffffffffL, time.getEpochSecond())));
        return head.array();
    }

    /** Puts gzip's header and trailer around DEFLATE data that lie at {@link #HEADER}; returns the member's length. */
    static int frame(byte[] member, int dataLength, int contentCrc, int contentLength) {
        int length = HEADER + dataLength + TRAILER;
        ByteBuffer buffer = ByteBuffer.wrap(member).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(BEGIN).putInt(length);
        buffer.position(HEADER + dataLength);
        buffer.putInt(contentCrc).putInt(contentLength);
        return length;
    }

    /**
     * Tells the length of the member that begins here, if one of ours with content does; needs {@link #HEADER} bytes.
     */
    static OptionalInt storedLength(byte[] file, int at) {
        for (int i = 0; i < BEGIN.length; i++) {
            if (file[at + i] != BEGIN[i]) {
                return OptionalInt.empty();
            }
        }
        int length = little(file, at + LENGTH_AT);
        return length >= HEADER + TRAILER && length <= MAX_STORED ? OptionalInt.of(length) : OptionalInt.empty();
    }

    /** Makes a member one that holds a delta. */
    static void markDelta(byte[] member) {
        member[KIND_AT] = DELTA;
    }

    /** Tells the length of the member at a file's beginning, if it is one of ours with content or with a delta. */
    static OptionalInt anyLength(byte[] file) {
        byte[] plain = Arrays.copyOf(file, HEADER);
        if (plain[KIND_AT] == DELTA) {
            plain[KIND_AT] = WHOLE;
        }
        return storedLength(plain, 0);
    }

    /** Tells the length of the first member, if the file begins with one of ours. */
    static OptionalInt headLength(byte[] file) {
        byte[] plain = Arrays.copyOf(file, HEADER);
        if (plain[3] != (FEXTRA | FNAME)) {
            return OptionalInt.empty();
        }
        plain[3] = FEXTRA;
        for (int i = 4; i < 8; i++) {
            plain[i] = 0;
        }
        OptionalInt length = storedLength(plain, 0);
        return length.isPresent() && length.getAsInt() <= MAX_HEAD ? length : OptionalInt.empty();
    }

    /** Whether these bytes are a first member as {@link #head} makes it: with a name and a time, and no content. */
    static boolean isHead(byte[] bytes) {
        int nameLength = bytes.length - HEADER - 1 - NOTHING.length - TRAILER;
        if (nameLength < 0 || nameLength > NAME_MAX) {
            return false;
        }
        String name = new String(bytes, HEADER, nameLength, StandardCharsets.ISO_8859_1);
        Instant time = Instant.ofEpochSecond(Integer.toUnsignedLong(little(bytes, 4)));
        return name.indexOf('/') < 0 && name.indexOf('\0') < 0 && Arrays.equals(bytes, head(name, time));
    }

    /** The content's CRC-32 as a member's trailer tells it. */
    static int contentCrc(byte[] member, int length) {
        return little(member, length - TRAILER);
    }

    /** The content's length as a member's trailer tells it; from 0 to 2^32 - 1 in an int. */
    static int contentLength(byte[] member, int length) {
        return little(member, length - 4);
    }

    static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static int little(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }
}
