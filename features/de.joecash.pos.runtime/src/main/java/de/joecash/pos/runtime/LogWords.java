package de.joecash.pos.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the log says of a component that took no configuration: Declarative Services tell nobody else. */
final class LogWords {
    private static final Pattern REFUSED =
            Pattern.compile("(?m)^Caused by: java\\.lang\\.IllegalArgumentException: (.+)$");

    private LogWords() {}

    /** The words with which a configuration was refused, if one was. */
    static Optional<String> refusedConfiguration(Path log) {
        try {
            Matcher words = REFUSED.matcher(Files.readString(log.resolve("joecash.log")));
            return words.find() ? Optional.of(words.group(1)) : Optional.empty();
        } catch (IOException e) {
            // Not there yet, or being written in the middle of a character.
            return Optional.empty();
        }
    }
}
