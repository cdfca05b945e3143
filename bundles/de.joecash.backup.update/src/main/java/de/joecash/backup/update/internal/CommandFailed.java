package de.joecash.backup.update.internal;

/** Ends a command with one line for the person at the shell, which prints an exception's message and nothing else. */
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }
}
