package de.joecash.backup.remote;

import de.joecash.backup.spi.DestinationProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all destinations ask of their configurations. What is wrong is an {@link IllegalArgumentException}. */
public final class Settings {
    private Settings() {}

    /**
     * Refuses where something is not right.
     *
     * @param right whether it is
     * @param words what would be right
     */
    public static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException(words);
        }
    }

    /**
     * Refuses what cannot be a destination's id.
     *
     * @param id as it is configured
     */
    public static void requireId(String id) {
        require(
                id != null && id.matches("[a-z0-9-]{1,32}") && !id.equals(DestinationProvider.MEDIUM),
                "id must be 1 to 32 characters of a-z, 0-9 and -, and not that of the medium");
    }

    /**
     * Says whether a text has no control character: a line end would be the end of a command, and the beginning of
     * another.
     *
     * @param text anything
     * @return whether it has none
     */
    public static boolean plain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Reads one of several words.
     *
     * @param <E> what they stand for
     * @param type the same
     * @param written the word, in small letters
     * @param name of the setting
     * @return what it stands for
     */
    public static <E extends Enum<E>> E one(Class<E> type, String written, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> word(each).equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " must be one of "
                        + Stream.of(type.getEnumConstants()).map(Settings::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a path that may be left empty.
     *
     * @param written the path, or {@code null}
     * @param name of the setting
     * @return empty where nothing is written
     */
    public static Optional<Path> file(String written, String name) {
        try {
            return written == null || written.isBlank() ? Optional.empty() : Optional.of(Path.of(written.strip()));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + " must be an absolute path", e);
        }
    }

    /**
     * Reads a list; what a form leaves empty is nothing.
     *
     * @param written the lines, or {@code null}
     * @return those that are not blank
     */
    public static Set<String> filled(String... written) {
        return written == null
                ? Set.of()
                : Stream.of(written)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
