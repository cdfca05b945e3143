package de.joecash.backup.update.internal.apply;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells whoever works that he is to stop, and lets him wait until then. Thread-safe. */
public final class Stopping {
    private final CountDownLatch told = new CountDownLatch(1);

    /** Tells it. */
    public void tell() {
        told.countDown();
    }

    /**
     * Waits for that long.
     *
     * @throws StoppedException as soon as it was told
     */
    void pause(Duration length) throws StoppedException {
        try {
            if (told.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            // Nobody of ours interrupts; whoever does wants this thread to end.
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** As {@link #pause}, without waiting. */
    void check() throws StoppedException {
        pause(Duration.ZERO);
    }
}
