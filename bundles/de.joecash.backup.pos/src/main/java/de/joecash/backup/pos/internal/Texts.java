package de.joecash.backup.pos.internal;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;

/** What the till's users read, in German for them and in English for everybody else. */
final class Texts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Texts() {}

    static String text(String key, Locale asked) {
        Locale locale = asked.getLanguage().equals("de") ? Locale.GERMAN : Locale.ENGLISH;
        return ResourceBundle.getBundle(
                        "de.joecash.backup.pos.internal.texts", locale, Texts.class.getClassLoader(), NO_FALLBACK)
                .getString(key);
    }

    static Function<Locale, String> of(String key) {
        return locale -> text(key, locale);
    }
}
