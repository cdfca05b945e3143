package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets a transfer have a million bytes a second, by the real clock: whoever tells it how far he is waits until he may
 * be there. Meanwhile it looks how far the line is.
 */
public final class Pace implements LongConsumer {
    private static final double NANOS_PER_BYTE = 1000;
    /** What may be on its way at once, in buffers and pieces. */
    private static final long AHEAD = 400_000;

    private final LongSupplier line;
    private final List<Long> ahead = new ArrayList<>();
    private Stopwatch watch;
    private long start;
    private long before;
    private long last;
    private Duration without = Duration.ZERO;

    /**
     * Begins with what it is told first.
     *
     * @param line how many bytes have passed to the server
     */
    public Pace(LongSupplier line) {
        this.line = line;
    }

    @Override
    public void accept(long count) {
        long now = System.nanoTime();
        if (watch == null) {
            watch = Stopwatch.start();
            start = now;
            before = line.getAsLong() - count;
        }
        long due = start + (long) (count * NANOS_PER_BYTE);
        while (now < due) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        last = now;
        without = watch.elapsed();
        ahead.add(line.getAsLong() - before - (long) ((now - start) / NANOS_PER_BYTE));
    }

    /**
     * Says that the line held the pace within a tenth, over the whole and, but for what buffers take, at any time.
     * Where the machine stood still meanwhile, it may have taken longer.
     *
     * @param bytes what was sent
     */
    public void requireHeld(long bytes) {
        double seconds = (last - start) / 1e9;
        System.out.printf(
                "%,d bytes in %.2f s at 1 MB/s; never more than %,d bytes early%n",
                bytes, seconds, ahead.stream().mapToLong(each -> each).max().orElse(0));
        assertThat(seconds).isGreaterThan(0.9 * bytes / 1e6);
        assertThat(without.toMillis()).isLessThan((long) (1.1 * bytes / 1e3));
        assertThat(ahead).hasSizeGreaterThan(50).allMatch(each -> each < AHEAD);
    }
}
