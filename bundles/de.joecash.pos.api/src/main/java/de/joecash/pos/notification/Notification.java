package de.joecash.pos.notification;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a plug-in tells.
 *
 * @param topic what it is about, 1 to 64 characters of {@code a-z 0-9 . -}: a later notification takes the place of an
 *     earlier one about the same
 * @param urgency how urgent it is
 * @param title a few words, for the reader's locale; plain text, a locale without a translation is answered in English
 * @param text what is the matter and what to do, in the same way
 * @param target the page that shows more, a path from the root of the host's back office that begins with {@code /}
 */
public record Notification(
        String topic,
        Urgency urgency,
        Function<Locale, String> title,
        Function<Locale, String> text,
        Optional<String> target) {
    /** How urgent something is. */
    public enum Urgency {
        /** For information; where something was wrong about this topic, that is over, or not as urgent any more. */
        INFO,
        /** To be looked at within the day. */
        WARNING,
        /** To be looked at now. */
        ALARM
    }

    /**
     * Checks that nothing is missing.
     *
     * @throws IllegalArgumentException if topic or target is not one
     */
    public Notification {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(urgency, "urgency");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(target, "target");
        if (!topic.matches("[a-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("Not a topic");
        }
        if (target.filter(path -> !path.startsWith("/")).isPresent()) {
            throw new IllegalArgumentException("Not a path");
        }
    }
}
