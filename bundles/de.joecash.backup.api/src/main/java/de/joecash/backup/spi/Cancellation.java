package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells work under way that it shall stop. Nothing is ever interrupted: whoever blocks registers what ends the block,
 * be it {@code Statement.cancel()}, the closing of a socket or the end of a child process. Thread-safe.
 */
@ProviderType
public final class Cancellation {
    private final AtomicReference<Problem> reason = new AtomicReference<>();
    private final Set<Runnable> actions = new CopyOnWriteArraySet<>();

    /** Creates one that was not cancelled. */
    public Cancellation() {}

    /** Takes an action back. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Cancels. The first call decides the reason and runs the actions; further calls do nothing.
     *
     * @param why {@link Problem.Cancelled} or {@link Problem.Stopping}
     */
    public void cancel(Problem why) {
        if (reason.compareAndSet(null, Objects.requireNonNull(why, "why"))) {
            actions.forEach(Runnable::run);
        }
    }

    /**
     * Says whether it was cancelled.
     *
     * @return whether to stop
     */
    public boolean cancelled() {
        return reason.get() != null;
    }

    /**
     * Stops the caller where it was cancelled.
     *
     * @throws BackupException with the reason, if it was cancelled
     */
    public void check() throws BackupException {
        Problem why = reason.get();
        if (why != null) {
            throw new BackupException(why);
        }
    }

    /**
     * Registers what ends a block. Where it was cancelled already, the action runs at once, on the caller's thread.
     *
     * @param action quick; throws nothing; may run while, or shortly after, it is taken back
     * @return takes the action back
     */
    public Registration onCancel(Runnable action) {
        Runnable own = () -> action.run();
        actions.add(own);
        if (cancelled() && actions.remove(own)) {
            own.run();
        }
        return () -> actions.remove(own);
    }
}
