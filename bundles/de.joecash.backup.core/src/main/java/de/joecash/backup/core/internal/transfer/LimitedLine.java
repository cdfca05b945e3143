package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.core.internal.pace.Waiting;
import java.io.IOException;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * Keeps a transfer to its bandwidth: whoever tells how much has been sent waits here until more may be. What the first
 * call tells is taken for granted, because an earlier attempt may have sent it. Used by one thread.
 */
final class LimitedLine implements LongConsumer {
    private static final double NANOS = 1e9;

    /**
     * What a late awakening or a slow line lost is made up for to this extent only, so that nothing comes in a burst.
     */
    private static final long MOST_MADE_UP = 250_000_000;

    private final Bandwidth bandwidth;
    private final Clock clock;
    private final Waiting waiting;
    private final LongConsumer sent;
    private long before = -1;
    private long due;

    /**
     * Hands on what it is told.
     *
     * @param waiting tells time and waits
     */
    LimitedLine(Bandwidth bandwidth, Clock clock, Waiting waiting, LongConsumer sent) {
        this.bandwidth = bandwidth;
        this.clock = clock;
        this.waiting = waiting;
        this.sent = sent;
    }

    @Override
    public void accept(long count) {
        sent.accept(count);
        double limit = bandwidth.at(clock.instant());
        long now = waiting.nanoTime();
        if (before >= 0 && limit < Bandwidth.UNLIMITED) {
            due = Math.max(due, now - MOST_MADE_UP) + (long) ((count - before) * NANOS / limit);
            await(due - now);
        } else {
            due = now;
        }
        before = count;
    }

    private void await(long nanos) {
        if (nanos <= 0) {
            return;
        }
        try {
            waiting.await(nanos);
        } catch (IOException e) {
            // The transfer is to stop; its destination finds that out by itself.
        }
    }
}
