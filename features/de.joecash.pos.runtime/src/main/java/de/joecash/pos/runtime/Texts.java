package de.joecash.pos.runtime;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the launcher says, in German where the JVM's language is German, otherwise in English. */
final class Texts {
    private Texts() {}

    static String text(String key, Object... arguments) {
        return text(Locale.getDefault(), key, arguments);
    }

    static String text(Locale locale, String key, Object... arguments) {
        Locale spoken = "de".equals(locale.getLanguage()) ? Locale.GERMAN : Locale.ROOT;
        String pattern = ResourceBundle.getBundle(
                        "de.joecash.pos.runtime.texts",
                        spoken,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(pattern, spoken).format(arguments);
    }
}
