package de.joecash.backup.destination.ftp.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Hands TLS records on, full ones several at a time: Java writes each by itself, which wakes the server for each. What
 * is shorter than a full one ends what was said, and nothing is held back after it. Used by one thread at a time.
 */
final class RecordOutput extends FilterOutputStream {
    /** The most that a record's text has (RFC 8446, section 5.1); the record itself is longer. */
    private static final int FULL = 1 << 14;

    private static final int HELD = 8 * FULL + 1024;

    private final byte[] held = new byte[HELD];
    private int count;

    RecordOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > HELD - count) {
            handOn();
        }
        if (length > HELD) {
            out.write(bytes, offset, length);
            return;
        }
        System.arraycopy(bytes, offset, held, count, length);
        count += length;
        if (length < FULL) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        out.write(held, 0, count);
        count = 0;
    }
}
