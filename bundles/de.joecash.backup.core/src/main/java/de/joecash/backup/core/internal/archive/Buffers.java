package de.joecash.backup.core.internal.archive;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Buffers that are used again, in a few sizes: most members are far smaller than the largest, and memory for all of
 * them at once should be so too. Thread-safe.
 */
final class Buffers {
    /** Somewhat less than powers of two: from half a region of the heap on, G1 gives an array regions of its own. */
    private static final int[] SIZES = {128_000, 256_000, 512_000, MemberFormat.MAX_STORED};

    private final List<Queue<byte[]>> idle = Stream.generate(ConcurrentLinkedQueue<byte[]>::new)
            .limit(SIZES.length)
            .<Queue<byte[]>>map(queue -> queue)
            .toList();

    /**
     * Gives a buffer, with anything in it.
     *
     * @param length how long it is at least, {@link MemberFormat#MAX_STORED} at most
     */
    byte[] take(int length) {
        int least = size(length);
        for (int i = least; i < SIZES.length; i++) {
            byte[] buffer = idle.get(i).poll();
            if (buffer != null) {
                return buffer;
            }
        }
        return new byte[SIZES[least]];
    }

    /** Takes a buffer back that nobody uses any more. */
    void giveBack(byte[] buffer) {
        idle.get(size(buffer.length)).add(buffer);
    }

    void clear() {
        idle.forEach(Queue::clear);
    }

    private static int size(int length) {
        int i = 0;
        while (SIZES[i] < length) {
            i++;
        }
        return i;
    }
}
