package de.joecash.backup.core.internal.transfer;

/**
 * A file at a place that holds members of archives, as it lies there.
 *
 * @param name its name there, of the form of {@link PartName}
 * @param bytes its length there, sealed where it is
 * @param sha256 SHA-256 of its bytes there, 64 lower-case hexadecimal digits
 */
record StoredPart(String name, long bytes, String sha256) {
    /** No file is longer; a sum of all that a note may name is still a number. */
    static final long MOST_BYTES = 1L << 50;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    StoredPart {
        if (PartName.parse(name).isEmpty()) {
            throw new IllegalArgumentException("Not the name of a stored file");
        }
        if (bytes < 1 || bytes > MOST_BYTES || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a stored file: " + name);
        }
    }

    /** What its name says. */
    PartName parsed() {
        return PartName.parse(name).orElseThrow();
    }
}
