package de.joecash.pos.notification;

/** A notification could not be delivered. */
public final class NotificationException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message why, without any secret
     */
    public NotificationException(String message) {
        super(message);
    }

    /**
     * Creates one with its cause.
     *
     * @param message why, without any secret
     * @param cause what failed
     */
    public NotificationException(String message, Throwable cause) {
        super(message, cause);
    }
}
