package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import java.io.IOException;

/** Sees to what a restore in the live database's place means for all other backups. */
@FunctionalInterface
public interface Replacing {
    /** Puts what was restored in the live database's place. */
    @FunctionalInterface
    interface Swap {
        /** Either it is there afterwards, or this throws and the live database is what it was. */
        void perform() throws BackupException, IOException;
    }

    /**
     * Has the live database replaced, of which a safety backup was made. From here on a power cut counts as if it was
     * replaced: what is then said of the data is rather too bad than too good.
     */
    void replace(Manifest by, Swap swap) throws BackupException, IOException;
}
