package de.joecash.backup.shell.internal;

import de.joecash.backup.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A file with a key, as the {@code age} command keeps it or as somebody typed it from a recovery sheet, in several
 * lines: a command line is seen by everybody, a file is not.
 */
final class KeyFile {
    private static final int MOST_BYTES = 1 << 16;

    /** In a file's place: what comes by the session's input. */
    private static final String TYPED = "-";

    private KeyFile() {}

    /**
     * Reads all but the remarks, which are lines that begin with {@code #}.
     *
     * @param typed is read, to its end, where the path is {@code -}
     */
    static Secret read(String path, InputStream typed, Texts texts) throws CommandFailed {
        try (InputStream in = path.equals(TYPED) ? typed : Files.newInputStream(Path.of(path))) {
            String key = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining());
            if (key.isEmpty()) {
                throw new CommandFailed(texts.get("key.none", path));
            }
            return new Secret(key);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailed(
                    texts.get("key.unreadable", path, e.getClass().getSimpleName()));
        }
    }
}
