package de.joecash.backup.core.internal.archive;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;

/**
 * DEFLATE by JZlib, which is Java throughout: equal content at an equal level is equal bytes on every machine, with
 * every Java and every zlib. So a member that was made by it can be made again from its content, byte by byte, wherever
 * that is. Two thirds of the speed of the JDK's zlib.
 */
final class PortableDeflating implements Codec.Deflating {
    /** The smallest and slowest level. */
    static final int HARDEST = 9;
    /** The level that there mostly is time for. */
    static final int USUAL = 6;
    /** The fastest level. */
    static final int FASTEST = 1;

    private static final int WINDOW_BITS = 15;
    private static final int PIECE = 1 << 12;

    private final int level;

    /** @param level {@link #FASTEST} to {@link #HARDEST} */
    PortableDeflating(int level) {
        if (level < FASTEST || level > HARDEST) {
            throw new IllegalArgumentException("No portable level: " + level);
        }
        this.level = level;
    }

    @SuppressWarnings("ThreadPriorityCheck") // A sale that wants the processor need not wait for a whole member.
    @Override
    public int deflate(byte[] content, int length, byte[] into, int offset) {
        Deflater deflater = deflater();
        deflater.setInput(content, 0, length, false);
        int at = offset;
        while (at < into.length) {
            int room = Math.min(PIECE, into.length - at);
            deflater.setOutput(into, at, room);
            int told = deflater.deflate(JZlib.Z_FINISH);
            at += room - deflater.getAvailOut();
            if (told == JZlib.Z_STREAM_END) {
                return at - offset;
            }
            Thread.yield();
        }
        return -1;
    }

    /** One for each member: what it keeps is garbage at once, and there are few. */
    private Deflater deflater() {
        try {
            return new Deflater(level, WINDOW_BITS, true);
        } catch (GZIPException e) {
            throw new IllegalStateException("JZlib knows this level", e);
        }
    }

    @Override
    public void close() {
        // It holds nothing but memory of the heap.
    }
}
