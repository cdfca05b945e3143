package de.joecash.backup.web.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/**
 * The page's words in one language. The texts hold {@code {0}} where the page puts something in; they know no quoting.
 */
final class Texts {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle bundle;

    Texts(Locale asked) {
        locale = asked.getLanguage().equals("de") ? asked : english(asked);
        bundle = ResourceBundle.getBundle(
                Texts.class.getPackageName() + ".page", locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /**
     * Takes the first language that there are texts for.
     *
     * @param preferred as the browser says, most wanted first
     */
    static Texts of(List<Locale> preferred) {
        return new Texts(preferred.stream()
                .filter(locale -> List.of("de", "en").contains(locale.getLanguage()))
                .findFirst()
                .orElse(Locale.ENGLISH));
    }

    /** Also how numbers and dates are written. */
    Locale locale() {
        return locale;
    }

    String get(String key) {
        return bundle.getString(key);
    }

    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        bundle.keySet().forEach(key -> all.put(key, bundle.getString(key)));
        return all;
    }

    /** A shop in Europe does not read 11/22/2026; who wants to, says so. */
    private static Locale english(Locale asked) {
        boolean spelled =
                asked.getLanguage().equals("en") && !asked.getCountry().isEmpty();
        return spelled ? asked : Locale.UK;
    }
}
