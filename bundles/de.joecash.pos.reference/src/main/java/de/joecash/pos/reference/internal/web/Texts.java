package de.joecash.pos.reference.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The pages' words: German for whoever asks for German first, English for everybody else. */
final class Texts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Texts() {}

    static Locale locale(HttpServletRequest request) {
        // Without the header, getLocale() would answer with the server's own.
        boolean asked = request.getHeader("Accept-Language") != null;
        return asked && request.getLocale().getLanguage().equals("de") ? Locale.GERMAN : Locale.ENGLISH;
    }

    static String text(Locale locale, String key) {
        return bundle(locale).getString(key);
    }

    static Map<String, String> all(Locale locale) {
        ResourceBundle bundle = bundle(locale);
        Map<String, String> all = new TreeMap<>();
        bundle.keySet().forEach(key -> all.put(key, bundle.getString(key)));
        all.put("language", locale.getLanguage());
        return all;
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "de.joecash.pos.reference.internal.web.texts", locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }
}
