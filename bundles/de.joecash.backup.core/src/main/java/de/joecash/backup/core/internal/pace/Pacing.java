package de.joecash.backup.core.internal.pace;

import de.joecash.backup.spi.HostActivity.State;
import java.io.OutputStream;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * How backups yield to the till. Thread-safe.
 *
 * @param settings how fast they may be
 * @param host says what the till is doing
 * @param load gives each backup a meter of its own, as {@link Throttle} wants it
 */
public record Pacing(PaceSettings settings, Supplier<State> host, Supplier<DoubleSupplier> load) {
    private static final double FLOOR = 10e6;

    /** Yields to the load of this machine. */
    public Pacing(PaceSettings settings, Supplier<State> host) {
        this(settings, host, MachineLoad::new);
    }

    /** Yields to nobody and has no limit. */
    public static Pacing none() {
        return new Pacing(PaceSettings.full(), () -> State.CLOSED, () -> () -> Double.NaN);
    }

    /**
     * Slows a stream down without a host: as while the till is open, if it is to yield. Used by one thread.
     *
     * @param ceiling bytes a second that it never exceeds
     */
    public static OutputStream alone(OutputStream out, boolean yielding, double ceiling) {
        PaceSettings settings = new PaceSettings(yielding, FLOOR, ceiling);
        return new ThrottledOutput(out, new Pacing(settings, () -> State.OPEN).throttle(Waiting.unstoppable()));
    }

    /** Gives one backup's throttle. */
    public Throttle throttle(Waiting waiting) {
        return new Throttle(settings, host, load.get(), waiting);
    }
}
