package de.joecash.pos.reference.internal.till;

import de.joecash.pos.database.PosDatabase;

/** Is told, once each at most and on the till's thread, how a start goes. */
interface TillEvents {
    /** The till has its database; it may have to be seeded. */
    void opened();

    /** The till is seeded and about to sell. */
    void ready(PosDatabase database);

    /**
     * The till does not start.
     *
     * @param words why and what to do, for the user
     */
    void refused(String words);
}
