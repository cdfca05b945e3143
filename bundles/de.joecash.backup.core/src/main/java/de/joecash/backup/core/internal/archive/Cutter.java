package de.joecash.backup.core.internal.archive;

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

    private int at;
    private int lineEnd;
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
            end = lineEnd > MAX - REACH ? lineEnd : MAX;
        }
        if (end == 0 && last) {
            end = filled;
        }
        if (end != 0) {
            shorts += end < MIN ? 1 : 0;
            at = 0;
            lineEnd = 0;
            wanted = 0;
            hash = 0;
        }
        return end;
    }

    private int scan(byte[] member, int filled, int until) {
        int i = at;
        long h = hash;
        while (i < until) {
            byte b = member[i++];
            if (i > MIN) {
                h = (h << 1) + GEAR[b & 0xff];
                if (wanted == 0 && (h & (i < AVERAGE ? HARD : EASY)) == 0) {
                    wanted = i;
                }
            }
            if (b == '\n') {
                lineEnd = i;
                if (wanted != 0 || (mayBeginTable(i) && beginsTable(member, i, filled))) {
                    return i;
                }
            }
            if (wanted != 0 && i - wanted >= REACH) {
                return wanted;
            }
        }
        at = i;
        hash = h;
        return 0;
    }

    private boolean mayBeginTable(int length) {
        return length >= MIN || (length >= TABLE_MIN && shorts < SHORT_MOST);
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
