package de.joecash.itests;

/** A component that cannot work. A test packs it into a bundle. */
public final class Throwing {
    /** Throws. */
    public Throwing() {
        throw new IllegalStateException("no paper");
    }
}
