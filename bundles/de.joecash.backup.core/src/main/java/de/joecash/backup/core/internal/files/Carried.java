package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import java.io.IOException;

/** Carries a problem through a stream, whose methods throw nothing but {@link IOException}. */
final class Carried extends IOException {
    private static final long serialVersionUID = 1L;

    private Carried(BackupException reason) {
        super(reason.getMessage(), reason);
    }

    static Carried of(BackupException reason) {
        return new Carried(reason);
    }
}
