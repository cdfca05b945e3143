package de.joecash.pos.database;

/** The host could not create, swap or remove a database; the live one is as it was. */
public final class DatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what went wrong.
     *
     * @param message for a log; no secrets, no customer data
     * @param cause what lies behind it, or {@code null}
     */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
