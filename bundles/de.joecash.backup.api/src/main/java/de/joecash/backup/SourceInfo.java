package de.joecash.backup;

import java.util.Objects;

/**
 * Where a backup comes from.
 *
 * @param till the till's name: 1 to 32 characters of {@code A-Z a-z 0-9 _ -}, beginning with a letter or digit
 * @param kind the database product, e.g. {@code h2}
 * @param version the product's version
 */
public record SourceInfo(String till, String kind, String version) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the till's name is malformed
     */
    public SourceInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(version, "version");
        if (!till.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")) {
            throw new IllegalArgumentException("Not the name of a till");
        }
    }
}
