package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no browser on our own pages would send, to a real host. */
class HostileRequestsIT {
    private static final int TEN_MEGABYTES = 10_000_000;

    @TempDir
    private static Path directory;

    private static DemoHost host;

    @BeforeAll
    static void start() {
        host = DemoHost.start(directory.resolve("till"), "--receipts", "500");
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void withoutASessionNothingIsAnswered() throws Exception {
        JsonObject paths = host.get("/backup/openapi.json").getAsJsonObject().getAsJsonObject("paths");
        assertThat(paths.keySet()).hasSizeGreaterThan(15);
        for (String path : paths.keySet()) {
            for (String method : paths.getAsJsonObject(path).keySet()) {
                String answer = ask(method.toUpperCase(Locale.ROOT), "/backup/api/v1" + path, "{}");
                assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1\\.1 (401|403) .*");
            }
        }
        assertThat(ask("GET", "/backup/", "")).startsWith("HTTP/1.1 302 ").contains("/login?next=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login/../backup/api/v1/state",
                "/login/..;/backup/api/v1/state",
                "/login/%2e%2e/backup/api/v1/state",
                "/login%2f..%2fbackup/api/v1/state",
                "/login/..%5cbackup/api/v1/state",
                "//backup/api/v1/state",
                "/backup/./api/v1/state",
                "/backup/api/v1/state;/login",
                "/backup/api/v1/state%00/login",
                "/backup/api/v1/state?/login",
                "/backup;x=1/api/v1/state",
                "/%62ackup/api/v1/state",
                "/backup/app.js",
                "/backup/../../../../etc/passwd",
                "/backup/%2e%2e/%2e%2e/etc/passwd",
                "http://127.0.0.1/backup/api/v1/state",
            })
    void noWayOfWritingAnAddressOpensTheDoor(String path) throws Exception {
        assertThat(ask("GET", path, ""))
                .matches("(?s)HTTP/1\\.1 (302|400|401|403|404) .*")
                .doesNotContain("root:", "catalogue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/backup/../page.properties",
                "/backup/..%2f..%2fetc/passwd",
                "/backup/%2e%2e/joecash.jar",
                "/backup/page/app.js"
            })
    void noFileButThePagesIsServed(String path) throws Exception {
        String answer = ask("GET", path, "", "Cookie: " + host.session());

        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|403|404) .*").doesNotContain("root:");
    }

    @Test
    void tenMegabytesAreRefusedAndTheHostLives() throws Exception {
        String answer = ask(
                "POST",
                "/backup/api/v1/verify",
                "x".repeat(TEN_MEGABYTES),
                "Cookie: " + host.session(),
                "Origin: " + origin(),
                "X-JoeCash: 1",
                "Content-Type: application/json");

        // The host may hang up before it has taken everything.
        assertThat(answer).matches("(?s)(|HTTP/1\\.1 413 .*)");
        assertThat(host.state().has("level")).isTrue();
    }

    @Test
    void aScriptInAPathIsShownAsText() {
        String path = "/media/<img src=x onerror=document.title=1><script>document.title=2</script>";
        host.backup();
        host.settings("L", path);
        host.fail("send", "{}");
        try (Browsers browsers = Browsers.start()) {
            Page page = browsers.logIn(host, "chef", "en-GB");
            for (String address : List.of("/backup/", "/backup/places.html", "/backup/fetch.html")) {
                page.navigate(address);
                page.waitForSelector("#main:has-text('<script>document.title=2</script>')");
                assertThat(page.locator("#main img, #main script").count())
                        .as(address)
                        .isZero();
                assertThat(page.title()).hasSizeGreaterThan(1);
            }
            assertThat(browsers.complaints()).isEmpty();
        } finally {
            host.settings("F", "");
        }
    }

    private static String origin() {
        return host.root().toString().replaceAll("/$", "");
    }

    /** Sends exactly what is said, and gives all that comes back. */
    private static String ask(String method, String path, String body, String... headers) throws IOException {
        URI root = host.root();
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + root.getAuthority()
                    + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n"
                    + String.join(
                            "",
                            List.of(headers).stream().map(one -> one + "\r\n").toList()) + "\r\n";
            try {
                out.write((head + body).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (SocketException e) {
                // It has answered without hearing all of it.
            }
            return answer(socket.getInputStream());
        }
    }

    private static String answer(InputStream in) throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }
}
