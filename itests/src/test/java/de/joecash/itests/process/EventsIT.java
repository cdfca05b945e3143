package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.joecash.itests.NewerBundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is told what happens as it happens, and what it does where that does not work. */
class EventsIT {
    private static final int WATCHERS = 50;

    @TempDir
    private static Path directory;

    private static DemoHost host;
    private static Browsers browsers;

    private static Cues cues;
    private static ServerSocket silent;

    @BeforeAll
    static void start() throws IOException {
        browsers = Browsers.start();
        cues = new Cues();
        silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        silent.setSoTimeout(120_000);
        Path password = Files.writeString(
                Files.createFile(
                        directory.resolve("password"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "geheim");
        List<String> commands = List.of(
                "felix:update de.joecash.backup.web " + cues.address("newer.jar"),
                "gogo:cat " + cues.address("silent"),
                "pos:data-centre 127.0.0.1 " + silent.getLocalPort() + " salon " + password + " cleartext",
                "gogo:cat " + cues.address("end"),
                "pos:data-centre stand-in",
                "gogo:cat " + cues.address("never"));
        host = DemoHost.startWithScript(directory.resolve("till"), commands, "--receipts", "2000");
    }

    @AfterAll
    static void stop() throws IOException {
        if (host != null) {
            host.close();
        }
        if (browsers != null) {
            browsers.close();
        }
        if (silent != null) {
            silent.close();
        }
        if (cues != null) {
            cues.close();
        }
    }

    @Test
    void thePageIsToldWhatAnotherBrowserDidWithoutAsking() {
        Page page = browsers.logIn(host, "chef", "en-GB");
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> asked.add(request.url().replaceAll(".*/", "")));
        page.waitForResponse("**/api/v1/events", () -> page.navigate("/backup/"));
        Browsers.ready(page);
        asked.clear();
        String made = host.backup();

        page.waitForSelector("#backups details[data-id='" + made + "']");
        // Once at most: a listening page asks where a minute is over.
        assertThat(asked)
                .contains("backups?only=ALL")
                .filteredOn("state"::equals)
                .hasSizeLessThan(2);
        assertThat(browsers.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void aProxyThatKeepsEventsBackIsNoticedAndThePageAsks() {
        Page page = browsers.logIn(host, "chef", "en-GB");
        page.route("**/api/v1/events", held -> {});
        page.navigate("/backup/");
        Browsers.ready(page);
        String made = host.backup();

        page.waitForSelector("#backups details[data-id='" + made + "']");
        page.context().close();
    }

    @Test
    void thePageGoesOnAfterAnUpdateDuringARunAndComesBackAfterARestart() throws Exception {
        Page page = browsers.logIn(host, "chef", "en-GB");
        updateDuringARun(page);
        cancelATrialThatNobodyAnswers(page);
        page.navigate("/backup/");
        Browsers.ready(page);
        host.kill();
        page.waitForSelector("#head:has-text('being updated')");
        host = DemoHost.startAgain(host);
        page.waitForSelector("#link:not([hidden])");
        page.click("#link a");
        page.fill("#user", "chef");
        page.fill("#password", "demo");
        page.click("button");
        page.waitForURL(url -> url.endsWith("/"));
        page.navigate("/backup/");
        String made = host.backup();
        page.waitForSelector("#backups details[data-id='" + made + "']");
        page.reload();
        page.waitForSelector("#backups details[data-id='" + made + "']");
        page.context().close();
        // What the browser notes of a server that is not there is no fault of the page.
        assertThat(browsers.complaints()).allMatch(noted -> noted.contains("Failed to load resource"));
    }

    /** The page is not loaded anew: it is what was open before. */
    private static void updateDuringARun(Page page) throws IOException {
        String run = host.pausedBackup();
        String progress = "[data-progress='" + run + "'] progress";
        page.navigate("/backup/");
        page.waitForSelector(progress);
        page.reload();
        page.waitForSelector(progress);
        page.evaluate("() => { document.body.dataset.opened = 'before'; }");

        cues.give("newer.jar", newerPage());
        cues.await("silent");
        DemoHost.await("the new version", () -> host.status("/backup/api/v1/state") == 200 ? true : null);
        host.post("/backup/api/v1/resume", "{\"id\":\"" + run + "\"}");
        String made = host.end(run).get("backup").getAsString();

        page.waitForSelector("#work:not([hidden]) #backups details[data-id='" + made + "']");
        page.waitForSelector("#notices .ok:has-text('Backup made')");
        assertThat(page.getAttribute("body", "data-opened")).isEqualTo("before");
    }

    private static byte[] newerPage() throws IOException {
        try (DirectoryStream<Path> jars =
                        Files.newDirectoryStream(Path.of("target/bundles"), "de.joecash.backup.web-*.jar");
                InputStream jar = Files.newInputStream(jars.iterator().next())) {
            return NewerBundle.of(jar);
        }
    }

    private static void cancelATrialThatNobodyAnswers(Page page) throws IOException {
        cues.give("silent");
        cues.await("end");
        page.navigate("/backup/places.html");
        Locator card = Browsers.ready(page).locator("#places .card:has-text('data centre')");
        card.locator("button:has-text('Test the connection')").click();
        try (Socket asked = silent.accept()) {
            asked.setSoTimeout(120_000);
            card.locator("button:has-text('Cancel')").click();
            card.locator("p:has-text('It was cancelled.')").waitFor();
            assertThat(asked.getInputStream().read()).as("the line is hung up").isEqualTo(-1);
        }
        assertThat(card.locator("li").allInnerTexts())
                .hasSize(4)
                .noneMatch(text -> text.contains("all right"))
                .anyMatch(text -> text.contains("Cancelled"));
        cues.give("end");
        cues.await("never");
    }

    @Test
    void fiftyBrowsersWatchOneRun() {
        String run = host.pausedBackup();
        try {
            AtomicLong heard = new AtomicLong();
            long begun = System.nanoTime();
            double alone = share(
                    () -> System.nanoTime() - begun > Duration.ofSeconds(4).toNanos());
            for (int i = 0; i < WATCHERS; i++) {
                host.listen(line -> heard.addAndGet(line.contains("\"" + run + "\"") ? 1 : 0));
            }
            DemoHost.await("the first of all", () -> heard.get() >= WATCHERS ? true : null);
            long first = heard.get();
            double watched = share(() -> heard.get() >= first + 10 * WATCHERS);
            System.out.printf(
                    "50 browsers watching one run: %.1f %% of a processor, %.1f %% without them%n",
                    100 * watched, 100 * alone);
            assertThat(watched).isLessThan(1);
        } finally {
            host.post("/backup/api/v1/cancel", "{\"id\":\"" + run + "\"}");
        }
    }

    /** The share of one processor that the host takes until something has happened. */
    private static double share(BooleanSupplier happened) {
        Duration cpu = host.cpu();
        long begun = System.nanoTime();
        DemoHost.await("it", () -> happened.getAsBoolean() ? true : null);
        return (double) host.cpu().minus(cpu).toNanos() / (System.nanoTime() - begun);
    }
}
