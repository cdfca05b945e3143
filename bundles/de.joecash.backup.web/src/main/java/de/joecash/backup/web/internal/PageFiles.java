package de.joecash.backup.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The files of the pages, read once. */
final class PageFiles {
    private static final List<String> NAMES = List.of(
            "index.html",
            "keys.html",
            "fetch.html",
            "restore.html",
            "places.html",
            "style.css",
            "words.js",
            "elements.js",
            "asking.js",
            "app.js",
            "keys.js",
            "fetch.js",
            "restore.js",
            "places.js",
            "icon.svg",
            "openapi.json");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    private final Map<String, PageFile> byName = new TreeMap<>();

    /**
     * One file.
     *
     * @param type its content type
     * @param bytes its content, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the package
    record PageFile(String type, byte[] bytes) {}

    PageFiles() {
        for (String name : NAMES) {
            byName.put(name, new PageFile(TYPES.get(name.substring(name.indexOf('.') + 1)), read(name)));
        }
    }

    /**
     * Finds a file.
     *
     * @param path behind {@code /backup}, beginning with a slash; the slash alone is the page
     */
    Optional<PageFile> find(String path) {
        return Optional.ofNullable(byName.get(path.equals("/") ? "index.html" : path.substring(1)));
    }

    /** Lists the names. */
    static List<String> names() {
        return NAMES;
    }

    /** Changes when a file does. */
    String version() {
        CRC32 crc = new CRC32();
        byName.values().forEach(file -> crc.update(file.bytes()));
        return Long.toHexString(crc.getValue());
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The bundle lacks its page's " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
