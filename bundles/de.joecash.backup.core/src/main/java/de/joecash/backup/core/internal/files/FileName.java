package de.joecash.backup.core.internal.files;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names of files as UTF-8, whatever the server's locale: a service without one runs in {@code C}, where Java turns
 * every umlaut in a name into a question mark. A path's URI holds its bytes as they are.
 */
final class FileName {
    private static final Path ROOT = Path.of("/").toAbsolutePath();
    private static final String SAFE = "-._~";

    private FileName() {}

    /** Gives one part of a path as text; empty where it is no UTF-8. */
    static Optional<String> text(Path part) {
        String plain = part.toString();
        if (plain.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return Optional.of(plain);
        }
        String uri = ROOT.resolve(part).toUri().getRawPath();
        String name = uri.substring(ROOT.toUri().getRawPath().length());
        return utf8(name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
    }

    /** Gives a relative path of several parts as text, with slashes between; empty where it is no UTF-8. */
    static Optional<String> textOfAll(Path path) {
        StringBuilder all = new StringBuilder();
        for (Path part : path) {
            Optional<String> text = text(part);
            if (text.isEmpty()) {
                return text;
            }
            all.append(all.isEmpty() ? "" : "/").append(text.get());
        }
        return Optional.of((path.isAbsolute() ? "/" : "") + all);
    }

    /** Gives the path of a part that is named by a text. */
    static Path below(Path directory, String part) {
        return directory.resolve(path(part));
    }

    /** Gives a relative path of several parts. */
    static Path path(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return Path.of(text);
        }
        Path path = Path.of("");
        for (String part : text.split("/", -1)) {
            path = path.resolve(part(part));
        }
        return path;
    }

    /** As an absolute path, and back: only those have a URI. Steps up are no names, and stay out of that. */
    private static Path part(String text) {
        return text.isEmpty() || text.equals(".") || text.equals("..")
                ? Path.of(text)
                : Path.of(URI.create("file:///" + escaped(text))).getFileName();
    }

    private static Optional<String> utf8(String escaped) {
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.put((byte) Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.put((byte) escaped.charAt(i));
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
            boolean plain = letter || SAFE.indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }
}
