package de.joecash.backup.destination.s3.internal;

import java.util.function.LongConsumer;

/**
 * Tells how far an upload is to somebody who may have it wait: on the thread that sends, so that waiting there is what
 * keeps to a bandwidth. Only ever more, though a part may be sent twice, and nothing after the end. Thread-safe.
 */
final class Progress implements LongConsumer, AutoCloseable {
    private final LongConsumer sent;
    private long most = -1;
    private boolean ended;

    Progress(LongConsumer sent) {
        this.sent = sent;
    }

    @Override
    public synchronized void accept(long count) {
        if (!ended && count > most) {
            most = count;
            sent.accept(count);
        }
    }

    /** Waits until nobody is being told any more. */
    @Override
    public synchronized void close() {
        ended = true;
    }
}
