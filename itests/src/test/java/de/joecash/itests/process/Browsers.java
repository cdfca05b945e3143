package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ViewportSize;
import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real Chromium, headless. Whatever no page of ours may do is noted: errors of scripts, what the policy forbids, and
 * requests to another server.
 */
final class Browsers implements AutoCloseable {
    /** A telephone, a till's touch screen and a desk. */
    static final List<Integer> WIDTHS = List.of(360, 1024, 1920);

    static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final double PATIENCE_MILLIS = 120_000;
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String AXE = resource("/axe.min.js");

    /** Of WCAG 2.2, levels A and AA, and what the makers of axe-core hold for good practice. */
    private static final String VIOLATIONS =
            """
            async () => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
              return found.violations.flatMap(one => one.nodes.map(node => one.id + ": " + node.html));
            }
            """;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicLong transferred = new AtomicLong();

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browsers start() {
        Needed.on(Files.isExecutable(CHROMIUM), "the Debian package chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setTimeout(PATIENCE_MILLIS)
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--force-prefers-reduced-motion")));
        return new Browsers(playwright, browser);
    }

    /** Opens a window that is logged in, as somebody who reads a language, and shows nothing yet. */
    Page logIn(DemoHost host, String user, String language, int width, ColorScheme scheme) {
        Page page = open(host, language, width, scheme);
        APIResponse answer = page.context()
                .request()
                .post(
                        "/pos/api/login",
                        RequestOptions.create()
                                .setTimeout(PATIENCE_MILLIS)
                                .setHeader("X-JoeCash", "1")
                                .setHeader("Origin", host.root().toString().replaceAll("/$", ""))
                                .setData(Map.of("user", user, "password", "demo")));
        assertThat(answer.status()).as("%s logs in: %s", user, answer.text()).isEqualTo(200);
        return page;
    }

    /** Opens a window that shows nothing yet. */
    Page open(DemoHost host, String language, int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, height(width))
                .setColorScheme(scheme)
                .setBaseURL(host.root().toString()));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(host.root().toString())) {
                complaints.add("asked another server: " + request.url());
            }
        });
        page.onRequestFinished(request ->
                transferred.addAndGet(request.sizes().responseBodySize + request.sizes().responseHeadersSize));
        return page;
    }

    Page logIn(DemoHost host, String user, String language) {
        return logIn(host, user, language, 1024, ColorScheme.LIGHT);
    }

    /** Waits until a page of ours has drawn what it shows. */
    static Page ready(Page page) {
        page.waitForSelector("#main[aria-busy=false]");
        return page;
    }

    /** What axe-core finds wrong in the page as it stands. */
    static List<String> violations(Page page) {
        page.evaluate(AXE);
        return ((List<?>) page.evaluate(VIOLATIONS))
                .stream().map(String::valueOf).toList();
    }

    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Looks at a page as it stands at each width; nothing may be cut off at the side. */
    static void atEveryWidth(Page page, String name) {
        ViewportSize before = page.viewportSize();
        for (int width : WIDTHS) {
            page.setViewportSize(width, height(width));
            screenshot(page, name + "-" + width);
            assertThat(fits(page)).as("%s at %s", name, width).isTrue();
        }
        page.setViewportSize(before.width, before.height);
    }

    private static int height(int width) {
        return width < 500 ? 780 : 900;
    }

    /** Whether something is cut off at the side. */
    static boolean fits(Page page) {
        return (Boolean)
                page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    /** What was noted since the last look. */
    List<String> complaints() {
        List<String> noted = List.copyOf(complaints);
        complaints.clear();
        return noted;
    }

    /** Bytes that came over the line since the last look. */
    long transferred() {
        return transferred.getAndSet(0);
    }

    private static String resource(String name) {
        try (InputStream in = Browsers.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** All at once: of several of a kind the earlier ones go by themselves after a while, under one's finger. */
    static void putAwayWhatHasEnded(Page page) {
        page.evaluate(
                """
                () => {
                  const ended = () => document.querySelector("#notices .notice button");
                  while (ended()) ended().click();
                }
                """);
    }
}
