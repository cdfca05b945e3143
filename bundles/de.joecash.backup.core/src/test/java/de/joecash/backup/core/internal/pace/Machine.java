package de.joecash.backup.core.internal.pace;

import de.joecash.backup.spi.HostActivity.State;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** A machine in virtual time: what a backup costs it, what else it does, and what its till is doing. */
final class Machine implements Waiting {
    static final int MEGABYTE = 1_000_000;

    /** What the till does. */
    State state = State.OPEN;

    /** The share that is busy with something else. */
    double other;

    /** The share that one megabyte a second of dump costs. */
    double perMegabyte = 0.02;

    /** The most that the database gives, in bytes a second. */
    double database = 150.0 * MEGABYTE;

    /** From when on, in nanoseconds, every wait ends with an exception. */
    long stopped = Long.MAX_VALUE;

    /** The longest wait so far, in nanoseconds. */
    long longestWait;

    private long nanos = 1;
    private long lookedAt;
    private long bytes;
    private long bytesAtLook;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void await(long wait) throws IOException {
        longestWait = Math.max(longestWait, wait);
        nanos += wait;
        if (nanos >= stopped) {
            throw new IOException("stopped");
        }
    }

    double load() {
        long time = nanos - lookedAt;
        double rate = time == 0 ? 0 : (bytes - bytesAtLook) * 1e9 / time;
        lookedAt = nanos;
        bytesAtLook = bytes;
        return Math.min(1, other + rate / MEGABYTE * perMegabyte);
    }

    Throttle throttle(PaceSettings settings) {
        return new Throttle(settings, () -> state, this::load, this);
    }

    /** Takes the dump, as fast as the database gives it. */
    OutputStream archive() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                taken(1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) {
                taken(length);
            }
        };
    }

    private void taken(int length) {
        bytes += length;
        nanos += (long) (length * 1e9 / database);
    }

    /** Dumps for some seconds and gives the megabytes a second of that time. */
    double dump(OutputStream out, double seconds) throws IOException {
        long begun = nanos;
        long before = bytes;
        byte[] chunk = new byte[8192];
        while (nanos - begun < seconds * TimeUnit.SECONDS.toNanos(1)) {
            out.write(chunk, 0, chunk.length);
        }
        return (bytes - before) * 1e3 / (nanos - begun);
    }
}
