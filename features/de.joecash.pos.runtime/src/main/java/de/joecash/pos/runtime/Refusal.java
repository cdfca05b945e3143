package de.joecash.pos.runtime;

/** Ends the launcher: its message is all that the user sees. */
final class Refusal extends Exception {
    /** What the user asked for went wrong. */
    static final int FAILED = 1;

    /** What the user asked for was not understood. */
    static final int USAGE = 2;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Refusal(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
