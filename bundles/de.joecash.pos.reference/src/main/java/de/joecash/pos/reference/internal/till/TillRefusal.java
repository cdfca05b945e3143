package de.joecash.pos.reference.internal.till;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The till does not start: says why and what to do, in the user's language. Nothing was changed. */
final class TillRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses.
     *
     * @param key of the text
     * @param arguments no secrets
     */
    TillRefusal(String key, Object... arguments) {
        super(text(Locale.getDefault(), key, arguments));
    }

    TillRefusal(Throwable cause, String key, Object... arguments) {
        super(text(Locale.getDefault(), key, arguments), cause);
    }

    static String text(Locale locale, String key, Object... arguments) {
        Locale spoken = "de".equals(locale.getLanguage()) ? Locale.GERMAN : Locale.ROOT;
        String pattern = ResourceBundle.getBundle(
                        "de.joecash.pos.reference.internal.till.texts",
                        spoken,
                        TillRefusal.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(pattern, spoken).format(arguments);
    }
}
