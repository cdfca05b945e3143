package de.joecash.pos.settings;

import java.util.Locale;
import java.util.function.Function;

/** A setting's value was refused; nothing was changed. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Function<Locale, String> problem;

    /**
     * Refuses a value.
     *
     * @param key the setting's key
     * @param problem cause and next step by locale, as plain text
     */
    public InvalidSettingException(String key, Function<Locale, String> problem) {
        super(key + ": " + problem.apply(Locale.ENGLISH));
        this.key = key;
        this.problem = problem;
    }

    /**
     * Names the setting.
     *
     * @return its key
     */
    public String key() {
        return key;
    }

    /**
     * Says what is wrong and what to do.
     *
     * @param locale the user's
     * @return plain text
     */
    public String problem(Locale locale) {
        return problem.apply(locale);
    }
}
