package de.joecash.pos.database;

import java.util.Objects;

/**
 * Something that is wrong with a till's books, in words for its owner: a clause without a full stop, which names the
 * first place where it shows, such as "Beleg 4711 fehlt". No secrets, no customers' data.
 *
 * @param german in German
 * @param english in English
 */
public record BookError(String german, String english) {
    /** Checks that nothing is missing. */
    public BookError {
        Objects.requireNonNull(german, "german");
        Objects.requireNonNull(english, "english");
    }
}
