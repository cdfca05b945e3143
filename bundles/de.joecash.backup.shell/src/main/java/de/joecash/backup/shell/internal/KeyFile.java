package de.joecash.backup.shell.internal;

import de.joecash.backup.spi.Secret;
import java.io.ByteArrayOutputStream;
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
     * @param typed is read up to an empty line, or its end, where the path is {@code -}; it stays open
     */
    static Secret read(String path, InputStream typed, Texts texts) throws CommandFailed {
        try {
            String key = (path.equals(TYPED) ? typed(typed) : text(Path.of(path)))
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

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Byte by byte: what stands behind is the session's. */
    private static String typed(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        boolean blank = true;
        for (int next = in.read(); next >= 0 && read.size() < MOST_BYTES; next = in.read()) {
            if (next == '\n' && blank && read.size() > 0) {
                break;
            }
            blank = next == '\n' || (blank && Character.isWhitespace(next));
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }
}
