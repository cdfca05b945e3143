package de.joecash.backup;

import java.util.Objects;

/**
 * What one table held at the instant of a dump.
 *
 * @param name schema and table as the database writes them
 * @param rows number of rows, 0 or more
 * @param sha256 digest of the rows, made of their SHA-256 so that their order does not count, but how often each occurs
 *     does: a database may give them in another order once it was restored; 64 lower-case hexadecimal digits
 */
public record TableContents(String name, long rows, String sha256) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public TableContents {
        Objects.requireNonNull(name, "name");
        if (rows < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not the contents of a table: " + name);
        }
    }
}
