package de.joecash.backup.pos.internal;

/** The names of the subscription. */
final class Plus {
    /** As on the price list, and in the host's entitlements. */
    static final String FEATURE = "+Backup";

    /** Id of the condition that stands for it. */
    static final String CONDITION = "de.joecash.backup.plus";

    /** Finds the condition. */
    static final String TARGET = "(osgi.condition.id=" + CONDITION + ")";

    /** Component property by which a component is there only while the condition is; configuration may change it. */
    static final String REQUIRED = "osgi.ds.satisfying.condition.target=" + TARGET;

    private Plus() {}
}
