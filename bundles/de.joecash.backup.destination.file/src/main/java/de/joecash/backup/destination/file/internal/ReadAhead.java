package de.joecash.backup.destination.file.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a stream by a thread of its own, one chunk ahead of whoever uses them. For one thread. */
final class ReadAhead implements AutoCloseable {
    private final InputStream in;
    private final Overlap reading = new Overlap("joecash-medium-read");
    private byte[] ahead;
    private byte[] used;
    private int length;

    /** Begins to read; the stream stays the caller's. */
    ReadAhead(InputStream in, int chunk) throws IOException {
        this.in = in;
        ahead = new byte[chunk];
        used = new byte[chunk];
        readOn();
    }

    /**
     * Gives the next bytes, valid until it is called again: a whole chunk but for the last one, none at the end.
     *
     * @throws IOException if the stream threw it
     */
    ByteBuffer next() throws IOException {
        reading.await();
        ByteBuffer next = ByteBuffer.wrap(ahead, 0, length);
        if (length == ahead.length) {
            byte[] free = used;
            used = ahead;
            ahead = free;
            readOn();
        } else {
            length = 0;
        }
        return next;
    }

    private void readOn() throws IOException {
        byte[] chunk = ahead;
        reading.next(() -> length = in.readNBytes(chunk, 0, chunk.length));
    }

    /** Waits for what is being read: the stream may be closed then. */
    @Override
    public void close() {
        reading.close();
    }
}
