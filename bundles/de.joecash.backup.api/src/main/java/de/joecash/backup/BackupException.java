package de.joecash.backup;

import java.util.Locale;
import java.util.Objects;

/** Carries a {@link Problem}: the one exception of this product. */
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Wraps a problem.
     *
     * @param problem what it is
     */
    public BackupException(Problem problem) {
        this(problem, null);
    }

    /**
     * Wraps a problem and what lies behind it.
     *
     * @param problem what it is
     * @param cause for the log, or {@code null}
     */
    public BackupException(Problem problem, Throwable cause) {
        super(problem.message(Locale.ENGLISH), cause);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /**
     * Gives the problem.
     *
     * @return never {@code null}
     */
    public Problem problem() {
        return problem;
    }
}
