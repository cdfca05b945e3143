package de.joecash.backup.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what the host needs the machine for at present, so that a backup yields to it. Registered as an OSGi service;
 * the one of the highest ranking decides, and without any the host is taken for {@link State#OPEN}. Thread-safe.
 */
@ConsumerType
public interface HostActivity {
    /** What the host does. */
    enum State {
        /** Nothing that could be held up: the whole machine may be used. */
        CLOSED,
        /** It may be needed at any moment. */
        OPEN,
        /** Somebody waits for it at this instant. */
        SELLING
    }

    /**
     * Says what the host does. Asked up to ten thousand times a second by a thread that may be in the host's database,
     * so it answers at once and waits for nothing.
     *
     * @return the state at this instant
     */
    State state();
}
