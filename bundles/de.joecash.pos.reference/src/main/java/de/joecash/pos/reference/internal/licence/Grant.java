package de.joecash.pos.reference.internal.licence;

import de.joecash.pos.entitlement.Entitlement;
import de.joecash.pos.reference.internal.Shop;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A feature that was booked.
 *
 * @param feature its name
 * @param validUntil the end, or empty for none
 */
public record Grant(String feature, Optional<Instant> validUntil) implements Entitlement {
    private static final Pattern FEATURE = Pattern.compile("\\+?[A-Za-z][A-Za-z0-9-]{0,31}");
    private static final String NO_END = "-";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Grant {
        if (!FEATURE.matcher(feature).matches()) {
            throw new IllegalArgumentException("Not a feature's name: a letter, perhaps with + before it, then at most"
                    + " 31 letters, digits and hyphens");
        }
    }

    @Override
    public String holder() {
        return Shop.NAME;
    }

    static Grant parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not a grant");
        }
        return new Grant(parts[0], parts[1].equals(NO_END) ? Optional.empty() : Optional.of(instant(parts[1])));
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not an instant like 2027-01-01T00:00:00Z", e);
        }
    }

    String line() {
        return feature + " " + validUntil.map(Instant::toString).orElse(NO_END);
    }
}
