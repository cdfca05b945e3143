package de.joecash.backup.shell.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.Locale;

/** Ends a command with one line for the person at the shell, which prints an exception's message and nothing else. */
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }

    /** Has the problem as its cause, for programs. */
    CommandFailed(Problem problem) {
        super(problem.message(Locale.getDefault()), new BackupException(problem));
    }
}
