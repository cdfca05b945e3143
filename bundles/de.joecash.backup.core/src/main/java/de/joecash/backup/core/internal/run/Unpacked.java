package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;

/** Files of a backup that lie beside what they replace. */
interface Unpacked extends AutoCloseable {
    /**
     * Puts them in place.
     *
     * @throws BackupException if they could not be
     */
    void activate() throws BackupException;

    /** Lets go; what was not put in place is removed. */
    @Override
    void close();
}
