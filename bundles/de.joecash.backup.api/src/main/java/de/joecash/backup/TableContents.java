package de.joecash.backup;

import java.util.Objects;

/**
 * What one table held at the instant of a dump.
 *
 * @param name schema and table as the database writes them
 * @param rows number of rows, 0 or more
 * @param sha256 SHA-256 over the rows in their order in the dump, 64 lower-case hexadecimal digits
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
