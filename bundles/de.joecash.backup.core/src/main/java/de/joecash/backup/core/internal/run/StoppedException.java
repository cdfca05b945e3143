package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import java.io.IOException;

/** Carries a problem through a stream, whose methods throw nothing but {@link IOException}. */
public final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final BackupException reason;

    /** Wraps the reason. */
    public StoppedException(BackupException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    /** What it carries. */
    public BackupException reason() {
        return reason;
    }
}
