package de.joecash.pos.reference.internal;

/** The shop that the demo is about. */
public final class Shop {
    /** On the page and on the licence. */
    public static final String NAME = "Salon Sonnenschein";

    /** In the names of files. */
    public static final String TILL = "salon-sonnenschein";

    private Shop() {}
}
