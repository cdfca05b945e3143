package de.joecash.backup.web.internal;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;

/** Which backups are listed. */
enum Sort {
    /** Those that somebody asked for. */
    MANUAL,
    /** Those that the till made by itself. */
    AUTOMATIC,
    /** Those of what a restore replaced. */
    SAFETY,
    /** Those that are kept for ever. */
    KEPT,
    /** Those that are damaged, or failed in a drill. */
    BAD,
    /** Any. */
    ALL;

    /** The sort of a name, or any where none is asked for. */
    static Sort of(String name) {
        return name == null ? ALL : valueOf(name);
    }

    boolean holds(Backup backup) {
        return switch (this) {
            case MANUAL -> backup.manifest().kind() == BackupKind.MANUAL;
            case AUTOMATIC -> backup.manifest().kind() == BackupKind.AUTOMATIC;
            case SAFETY -> backup.manifest().kind() == BackupKind.SAFETY;
            case KEPT -> backup.remark().kept();
            case BAD -> !backup.good() || backup.drillFailed();
            case ALL -> true;
        };
    }
}
