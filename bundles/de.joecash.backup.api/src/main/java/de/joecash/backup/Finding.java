package de.joecash.backup;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that the host finds wrong with a database, in its own words: a clause without a full stop.
 *
 * @param german in German
 * @param english in English
 */
public record Finding(String german, String english) {
    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(german, "german");
        Objects.requireNonNull(english, "english");
    }

    /**
     * Gives the words of a language.
     *
     * @param locale German is answered in German, everything else in English
     * @return plain text
     */
    public String text(Locale locale) {
        return locale.getLanguage().equals("de") ? german : english;
    }
}
