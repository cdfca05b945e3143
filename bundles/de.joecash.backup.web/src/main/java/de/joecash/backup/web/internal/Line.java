package de.joecash.backup.web.internal;

/** To one browser that listens. Thread-safe, and never waits. */
interface Line {
    /**
     * Sends an event, or keeps it until the browser takes one.
     *
     * @return false where nobody listens any more
     */
    boolean send(byte[] event);

    void end();
}
