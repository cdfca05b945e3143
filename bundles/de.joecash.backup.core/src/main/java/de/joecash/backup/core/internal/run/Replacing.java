package de.joecash.backup.core.internal.run;

import de.joecash.backup.Manifest;

/** Hears of what takes the live database's place. */
public interface Replacing {
    /**
     * It is about to; what replaces it was safely backed up. From here on a power cut counts as if it had: what is then
     * said of the data is rather too bad than too good.
     */
    void begins(Manifest by);

    /** It did not: the live database is what it was. */
    void failed();

    /** It did. */
    void ended(Manifest by);
}
