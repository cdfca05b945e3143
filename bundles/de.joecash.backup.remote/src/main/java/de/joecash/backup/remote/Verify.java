package de.joecash.backup.remote;

/** How far a copy is compared before it is published. */
public enum Verify {
    /** Every byte: by the server's own SHA-256 where it offers that, else by reading all of it back. */
    FULL,
    /** Its length, and its first, last and some random pieces. */
    SAMPLE;

    /**
     * Reads it as it is configured.
     *
     * @param written {@code full} or {@code sample}
     * @return which
     * @throws IllegalArgumentException if it is neither
     */
    public static Verify of(String written) {
        return Settings.one(Verify.class, written, "verify");
    }
}
