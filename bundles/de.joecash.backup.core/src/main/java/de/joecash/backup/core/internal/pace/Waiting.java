package de.joecash.backup.core.internal.pace;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Time as the throttle knows it. */
public interface Waiting {
    /**
     * Tells the time.
     *
     * @return nanoseconds since some instant, as {@link System#nanoTime}
     */
    long nanoTime();

    /**
     * Waits on the caller's thread. Ends at once when the run is to stop.
     *
     * @param nanos how long, in nanoseconds; more than 0
     * @throws IOException if the run is to stop
     */
    void await(long nanos) throws IOException;

    /** Gives the real time, for work that nothing stops but the end of its process. */
    static Waiting unstoppable() {
        return new Waiting() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void await(long nanos) {
                LockSupport.parkNanos(this, nanos);
            }
        };
    }
}
