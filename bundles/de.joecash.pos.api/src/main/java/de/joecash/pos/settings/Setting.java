package de.joecash.pos.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * One setting: what it is called, what it may hold, what it holds at first.
 *
 * @param key the key, unique in its provider: 1 to 64 characters of {@code a-z A-Z 0-9 . -}
 * @param kind how it is drawn and what it may hold
 * @param choices for {@link Kind#CHOICE} the values that may be chosen, in the order of display; for any other kind
 *     those that are proposed, perhaps none
 * @param defaultValue the value where none was ever set, never {@code null}
 * @param label the label by locale; plain text; English where there is no translation
 * @param help a sentence or two by locale; plain text; perhaps empty
 */
public record Setting(
        String key,
        Kind kind,
        List<Choice> choices,
        String defaultValue,
        Function<Locale, String> label,
        Function<Locale, String> help) {

    /** How a setting is drawn and what it may hold. */
    public enum Kind {
        /** One line of text. */
        TEXT,
        /** One of {@link Setting#choices()}. */
        CHOICE,
        /** An absolute path on the server. */
        PATH
    }

    /**
     * One value that may be chosen.
     *
     * @param value the value as stored
     * @param label the label by locale
     */
    public record Choice(String value, Function<Locale, String> label) {
        /** Checks that nothing is missing. */
        public Choice {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(label, "label");
        }
    }

    /**
     * Checks that nothing is missing and keeps a copy of the choices.
     *
     * @throws IllegalArgumentException if the key is malformed, or choices and kind do not go together
     */
    public Setting {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(help, "help");
        choices = List.copyOf(choices);
        if (!key.matches("[A-Za-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("Not a setting's key: " + key);
        }
        if (kind == Kind.CHOICE && choices.isEmpty()) {
            throw new IllegalArgumentException("Nothing to choose from: " + key);
        }
    }
}
