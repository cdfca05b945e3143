package de.joecash.backup.core.internal.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Finds where a member ends, from the content alone: equal content is cut equally wherever it stands, so that an
 * insertion changes the members around it and no others.
 *
 * <p>FastCDC (Xia et al., USENIX ATC 2016): a rolling gear hash over the last 64 bytes, normalised by two masks around
 * the average. Where the hash says "cut", the member goes on to the end of the line, if that is near. A table's data
 * always begins a member (see {@link #beginsTable}), so a member may then be shorter than {@link #MIN}. Not
 * thread-safe.
 */
public final class Cutter {
    /** Content bytes in a member at least, but for the last one and one that ends where a table begins: 64 KiB. */
    public static final int MIN = 1 << 16;
    /** Content bytes in a member on average: 256 KiB. */
    public static final int AVERAGE = 1 << 18;
    /** Content bytes in a member at most: 1 MiB. */
    public static final int MAX = 1 << 20;

    /** Content bytes in a member at least where a table begins. */
    public static final int TABLE_MIN = 1 << 10;

    /**
     * Members of a file at most that may be shorter than {@link #MIN} because a table begins: text that only looks like
     * tables cannot make its index grow without bounds.
     */
    static final int SHORT_MOST = 4096;

    /** How far past the hash's word the line's end may be. */
    private static final int REACH = 1 << 13;

    /** Bytes that must be known after a line's end to tell whether a table begins there. */
    private static final int LOOK_AHEAD = 24;

    /** Before the average two bits more than its 18, after it two less; the highest, which depend on most bytes. */
    private static final long HARD = -1L << (64 - 20);

    private static final long EASY = -1L << (64 - 16);
    private static final long[] GEAR = gear();

    /** How PostgreSQL's and MariaDB's dumps begin a table's data; H2's begins with a comment that counts its rows. */
    private static final byte[][] TABLES = {
        ascii("-- Data for Name: "), ascii("COPY "), ascii("-- Dumping data for "), ascii("LOCK TABLES "),
    };

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** How far this member was looked at. */
    private int at;
    /** Where the hash said "cut"; 0 if it did not yet. */
    private int wanted;

    private long hash;
    private int shorts;

    /** Random numbers that are the same for ever: other numbers would cut everything anew. */
    private static long[] gear() {
        SplittableRandom random = new SplittableRandom(0x6a6f6563617368L);
        return random.longs(256).toArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Looks on in a member that was looked at before, up to the bytes that were added since.
     *
     * @param member the member's content from index 0, and perhaps more
     * @param filled bytes in it
     * @param last whether the content ends with them
     * @return where the member ends, at most {@link #MAX}; 0 if more bytes are needed to tell. After an end the cutter
     *     is ready for the next member.
     */
    public int cut(byte[] member, int filled, boolean last) {
        int until = Math.min(last ? filled : filled - LOOK_AHEAD, MAX);
        int end = at < until ? scan(member, filled, until) : 0;
        if (end == 0 && at == MAX) {
            end = lastLineEnd(member);
        }
        if (end == 0 && last) {
            end = filled;
        }
        if (end != 0) {
            shorts += end < MIN ? 1 : 0;
            at = 0;
            wanted = 0;
            hash = 0;
        }
        return end;
    }

    /** Looks at the bytes before {@code until}: for a table, then for the hash's word, then for the end of its line. */
    private int scan(byte[] member, int filled, int until) {
        int table = table(member, filled, until);
        int stop = table == 0 ? until : table;
        if (wanted == 0) {
            wanted = hashed(member, stop);
        }
        int end = wanted == 0 ? 0 : lineEnd(member, Math.max(at, wanted - 1), Math.min(stop, wanted + REACH));
        if (end == 0 && wanted != 0 && stop >= wanted + REACH) {
            end = wanted;
        }
        at = until;
        return end == 0 ? table : end;
    }

    /** Where the first table begins, or 0. */
    private int table(byte[] member, int filled, int until) {
        int from = Math.max(at, (shorts < SHORT_MOST ? TABLE_MIN : MIN) - 1);
        for (int end = lineEnd(member, from, until); end != 0; end = lineEnd(member, end, until)) {
            if (beginsTable(member, end, filled)) {
                return end;
            }
        }
        return 0;
    }

    /** Where the hash says "cut", or 0. */
    private int hashed(byte[] member, int stop) {
        int i = Math.max(at, MIN);
        long h = hash;
        while (i < stop) {
            long mask = i + 1 < AVERAGE ? HARD : EASY;
            int same = Math.min(stop, i + 1 < AVERAGE ? AVERAGE - 1 : stop);
            while (i < same) {
                h = (h << 1) + GEAR[member[i++] & 0xff];
                if ((h & mask) == 0) {
                    return i;
                }
            }
        }
        hash = h;
        return 0;
    }

    /** The index after the first line feed from here on and before {@code until}, or 0; eight bytes at a time. */
    private static int lineEnd(byte[] member, int from, int until) {
        int i = from;
        for (; i + Long.BYTES <= until; i += Long.BYTES) {
            long feeds = (long) EIGHT_BYTES.get(member, i) ^ 0x0a0a0a0a0a0a0a0aL;
            long zeros = (feeds - 0x0101010101010101L) & ~feeds & 0x8080808080808080L;
            if (zeros != 0) {
                return i + (Long.numberOfTrailingZeros(zeros) >> 3) + 1;
            }
        }
        for (; i < until; i++) {
            if (member[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private static int lastLineEnd(byte[] member) {
        for (int i = MAX; i > MAX - REACH; i--) {
            if (member[i - 1] == '\n') {
                return i;
            }
        }
        return MAX;
    }

    /** Whether the line that begins here is the first of a table's data. */
    private static boolean beginsTable(byte[] member, int from, int filled) {
        if (from + 4 > filled) {
            return false;
        }
        byte first = member[from];
        if (first != '-' && first != 'C' && first != 'L') {
            return false;
        }
        // H2: -- 50000 +/- SELECT COUNT(*) FROM PUBLIC.RECEIPT;
        if (first == '-' && member[from + 1] == '-' && member[from + 2] == ' ' && isDigit(member[from + 3])) {
            return true;
        }
        for (byte[] begin : TABLES) {
            if (startsWith(member, from, filled, begin)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean startsWith(byte[] member, int from, int filled, byte[] begin) {
        return from + begin.length <= filled
                && Arrays.equals(member, from, from + begin.length, begin, 0, begin.length);
    }
}
