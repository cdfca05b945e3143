package de.joecash.backup.core.internal.pace;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Hands on what is written, a little at a time, as a throttle lets it pass. Used by one thread. */
public final class ThrottledOutput extends FilterOutputStream {
    /** The most that passes at once: half a millisecond of deflating, or so. */
    static final int QUANTUM = 1 << 14;

    private final Throttle throttle;

    /** Writes to another stream. */
    public ThrottledOutput(OutputStream out, Throttle throttle) {
        super(out);
        this.throttle = throttle;
    }

    @Override
    public void write(int b) throws IOException {
        throttle.pass(1);
        out.write(b);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int some = Math.min(QUANTUM, length - done);
            throttle.pass(some);
            out.write(buffer, offset + done, some);
            done += some;
        }
    }
}
