package de.joecash.backup.core.internal.pace;

import de.joecash.backup.spi.HostActivity.State;
import java.io.IOException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Lets bytes pass as fast as the till allows. While it is closed, at once. While it is open, at a rate that keeps the
 * whole machine busy to {@link #TARGET} of its processors: what is left is there for a sale the moment it comes. While
 * a sale is under way, at the floor. Never slower than the floor, never faster than the ceiling.
 *
 * <p>The rate follows the load by a step each {@link #WINDOW_NANOS}: up by target / load, to {@link #MOST_STEP} of
 * itself at most; down by the square of that, for a machine that is full does not say how much too full. As our own
 * load is about proportional to the rate, it comes to rest at the target, whatever else runs and whatever a byte costs,
 * and needs no figure for either. Used by one thread.
 */
public final class Throttle {
    /** The share of the machine's processors that may be busy while the till is open. */
    static final double TARGET = 0.6;

    /** From one look at the load to the next: long enough for the kernel's ticks of 10 ms to tell something. */
    static final long WINDOW_NANOS = 200_000_000;

    private static final double MOST_STEP = 1.5;
    private static final double NANOS = 1e9;

    /** A shorter wait costs more than it gives: it is put off until it has become as long as this. */
    private static final long SHORTEST_WAIT = 500_000;

    /** What a late awakening lost is made up for to this extent only, so that nothing comes in a burst. */
    private static final long MOST_MADE_UP = 2_000_000;

    private final PaceSettings settings;
    private final Supplier<State> host;
    private final DoubleSupplier load;
    private final Waiting waiting;

    private double rate;
    private boolean yielding;
    private long windowBegan;
    private long passed;
    private boolean held;
    private long due;

    /**
     * Begins at twice the floor.
     *
     * @param host says what the till is doing
     * @param load says which share of the machine's processors, from 0 to 1, was busy since it was asked last; not a
     *     number where that is not known
     * @param waiting tells time and waits
     */
    public Throttle(PaceSettings settings, Supplier<State> host, DoubleSupplier load, Waiting waiting) {
        this.settings = settings;
        this.host = host;
        this.load = load;
        this.waiting = waiting;
        this.rate = 2.0 * settings.floor();
        this.due = waiting.nanoTime();
    }

    /**
     * Waits until some bytes may pass.
     *
     * @param bytes how many, 0 or more; the fewer, the smoother
     * @throws IOException if the run is to stop
     */
    public void pass(long bytes) throws IOException {
        long now = waiting.nanoTime();
        double limit = Math.min(allowed(now), settings.ceiling());
        passed += bytes;
        due = Math.max(due, now - MOST_MADE_UP);
        if (limit == PaceSettings.UNLIMITED) {
            return;
        }
        due += (long) (bytes * NANOS / limit);
        if (due - now >= SHORTEST_WAIT) {
            waiting.await(due - now);
        }
    }

    /** Whether it holds anything up at present: then processor time is what the backup is short of. */
    public boolean slowing() {
        return yielding || settings.ceiling() < PaceSettings.UNLIMITED;
    }

    private double allowed(long now) {
        State state = settings.yielding() ? host.get() : State.CLOSED;
        if (state == State.CLOSED) {
            yielding = false;
            return PaceSettings.UNLIMITED;
        }
        if (!yielding) {
            yielding = true;
            var unused = load.getAsDouble();
            begin(now);
        } else if (now - windowBegan >= WINDOW_NANOS) {
            adjust(now);
        }
        if (state == State.SELLING) {
            held = true;
            return settings.floor();
        }
        return rate;
    }

    private void adjust(long now) {
        double busy = load.getAsDouble();
        if (!Double.isNaN(busy)) {
            double ratio = TARGET / Math.max(busy, TARGET / MOST_STEP);
            double next = rate * (ratio < 1 ? ratio * ratio : ratio);
            // Where the database is slower than it may be, the rate does not run away from it, nor during a long sale.
            double most = 2.0 * passed * NANOS / (now - windowBegan);
            rate = Math.max(Math.min(next, held ? Math.max(most, rate) : most), settings.floor());
        }
        begin(now);
    }

    private void begin(long now) {
        windowBegan = now;
        passed = 0;
        held = false;
    }
}
