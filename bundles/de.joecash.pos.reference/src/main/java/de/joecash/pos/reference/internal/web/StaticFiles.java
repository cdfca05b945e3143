package de.joecash.pos.reference.internal.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The files of the pages: a fixed list, by address. */
final class StaticFiles {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, StaticFile> FILES = Map.of(
            "/", new StaticFile("backoffice.html", HTML),
            "/pos/maintenance", new StaticFile("backoffice.html", HTML),
            "/pos/hardware", new StaticFile("backoffice.html", HTML),
            "/login", new StaticFile("login.html", HTML),
            "/pos/style.css", new StaticFile("style.css", "text/css; charset=utf-8"),
            "/pos/shared.js", new StaticFile("shared.js", SCRIPT),
            "/pos/login.js", new StaticFile("login.js", SCRIPT),
            "/pos/backoffice.js", new StaticFile("backoffice.js", SCRIPT),
            "/pos/icon.svg", new StaticFile("icon.svg", "image/svg+xml"));

    private StaticFiles() {}

    /** A file inside this bundle. */
    record StaticFile(String name, String type) {
        byte[] bytes() throws IOException {
            try (InputStream in = StaticFiles.class.getResourceAsStream("static/" + name)) {
                if (in == null) {
                    throw new IOException("Missing in the bundle: " + name);
                }
                return in.readAllBytes();
            }
        }
    }

    static Optional<StaticFile> at(String address) {
        return Optional.ofNullable(FILES.get(address));
    }
}
