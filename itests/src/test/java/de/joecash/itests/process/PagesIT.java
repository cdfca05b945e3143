package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as people use them: a real host, a real browser. */
class PagesIT {
    private static final String GERMAN = "de-DE";
    private static final String ENGLISH = "en-GB";
    private static final List<Integer> WIDTHS = List.of(360, 1024, 1920);
    private static final List<String> PAGES = List.of("", "keys.html", "fetch.html", "restore.html", "places.html");

    @TempDir
    private static Path directory;

    private static DemoHost host;
    private static Browsers browsers;
    private static String backup;

    @BeforeAll
    static void start() {
        browsers = Browsers.start();
        host = DemoHost.start(directory.resolve("till"), "--receipts", "2000");
        backup = host.backup();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
        if (browsers != null) {
            browsers.close();
        }
    }

    @AfterEach
    void noPageDidWhatNoneMayDo() {
        assertThat(browsers.complaints()).isEmpty();
    }

    @Test
    void aSheetThatWasPrintedBringsTheBooksBackOnANewMachine() throws Exception {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/keys.html");
        Browsers.ready(page);
        page.click("#make");
        page.waitForSelector(".sheet");
        String key = page.innerText("#secret");
        String mark = page.innerText("#till");
        Browsers.screenshot(page, "sheet");

        assertOnePrintedPage(page);
        assertThat(qrCode(page.locator(".secret svg"))).isEqualTo(key.replaceAll("\\s", ""));
        assertThat(page.innerText(".sheet"))
                .contains("Wenn alles verloren ist", "If everything is lost", mark, "ftp://127.0.0.1:");
        assertKeyIsTried(page, key);
        page.setViewportSize(360, 780);
        assertThat(Browsers.fits(page)).isTrue();
        assertThat(Browsers.violations(page)).isEmpty();
        page.click("#close");
        assertThat(page.content()).doesNotContain(key.substring(20, 40));
        page.reload();
        Browsers.ready(page);
        assertThat(page.locator(".sheet").count()).isZero();
        assertKeptNowhere(host.data(), key);

        assertThat(Files.readString(host.data().resolve("log/joecash.log"))).contains("chef asked for /sheet: 200");

        host.succeed("send", "{}");
        long receipts = host.receipts();
        Path fresh = directory.resolve("new");
        copy(host.data().resolve("demo/data-centre"), fresh.resolve("demo/data-centre"));
        try (DemoHost machine = DemoHost.start(fresh, "--receipts", "10")) {
            machine.book(false);
            fetchAndRestore(browsers.logIn(machine, "chef", GERMAN), key, mark);
            assertThat(machine.receipts()).isGreaterThan(receipts / 2).isGreaterThanOrEqualTo(2000);
            assertKeptNowhere(fresh, key);
        }
    }

    private static void assertOnePrintedPage(Page page) {
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPath(Path.of("target/sheet.pdf")));
        String raw = new String(pdf, StandardCharsets.ISO_8859_1);

        assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(raw).results().count())
                .as("pages")
                .isEqualTo(1);
        assertThat(raw).as("A4").containsPattern("/MediaBox\\s*\\[0 0 59[45][.\\d]* 84[12][.\\d]*]");
    }

    private static String qrCode(Locator drawn) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn.screenshot()));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
    }

    private static void assertKeyIsTried(Page page, String key) {
        for (String typed : List.of(key.toLowerCase(Locale.ROOT), key.substring(0, key.length() - 1))) {
            page.fill("#check-key", typed.replace('\n', ' '));
            page.click("#check-form button");
            page.waitForSelector("#checked .mark");
            assertThat(page.innerText("#checked"))
                    .contains(typed.length() == key.length() ? "Richtig: dieser Schlüssel" : "öffnet nichts");
            assertThat(page.inputValue("#check-key")).isEmpty();
        }
    }

    private static void assertKeptNowhere(Path data, String key) throws IOException {
        String canary = key.replaceAll("\\s", "").substring(20, 50).toLowerCase(Locale.ROOT);
        List<Path> files = new ArrayList<>(DemoHost.await("directories that stay while they are listed", () -> {
            try (Stream<Path> all = Files.walk(data)) {
                return all.filter(Files::isRegularFile).toList();
            } catch (UncheckedIOException e) {
                return null;
            }
        }));
        files.add(data.resolveSibling(data.getFileName() + ".out"));
        for (Path file : files) {
            assertThat(content(file).toLowerCase(Locale.ROOT))
                    .as(file.toString())
                    .doesNotContain(canary);
        }
    }

    /** The host works on: what it has removed meanwhile holds nothing. */
    private static String content(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static void fetchAndRestore(Page page, String key, String mark) {
        page.navigate("/backup/");
        Browsers.ready(page).click("a[href='fetch.html']");
        Browsers.ready(page).click("#places button:has-text('Rechenzentrum')");
        page.click("#remote button");
        page.fill("#fetch-key", key.substring(0, key.length() - 4).replace('\n', ' '));
        page.click("#key-form button");
        page.waitForSelector("#key-wrong p");
        page.fill("#fetch-key", key.replace('\n', ' '));
        page.click("#key-form button");
        page.fill("#fetch-mark", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
        page.click("#mark-form button");
        page.waitForSelector("#mark-wrong p");
        assertThat(page.innerText("#mark-wrong")).contains("nicht das Kennzeichen", mark);
        Browsers.screenshot(page, "fetch");
        page.fill("#fetch-mark", mark.toLowerCase(Locale.ROOT).replace('-', ' '));
        page.click("#mark-form button");
        page.click("#run a[href^='restore.html#']");
        Browsers.ready(page);
        assertThat(page.isDisabled("#restore-go")).isTrue();
        page.fill("#restore-word", "wiederherstellen");
        Browsers.screenshot(page, "restore");
        page.click("#restore-go");
        page.waitForSelector("#run .mark.good");
        assertThat(page.innerText("#run")).contains("Wiederhergestellt: die Kasse läuft", "alle Tabellen verglichen");
        Browsers.screenshot(page, "restored");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                Files.createDirectories(target.getParent());
                Files.copy(one, target);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void everyPageFitsEveryWidthAndAxeFindsNothing(String language) {
        for (int width : WIDTHS) {
            ColorScheme scheme = width == 360 ? ColorScheme.DARK : ColorScheme.LIGHT;
            Page page = browsers.logIn(host, "chef", language, width, scheme);
            for (String path : PAGES) {
                page.navigate("/backup/" + path + (path.startsWith("restore") ? "#" + backup : ""));
                Browsers.ready(page);
                if (path.isEmpty()) {
                    page.click("#backups summary >> nth=0");
                }
                String name = (path.isEmpty() ? "state" : path.replace(".html", "")) + "-" + language + "-" + width;
                Browsers.screenshot(page, name);
                assertThat(Browsers.fits(page)).as(name).isTrue();
                // The layout of 1920 is that of 1024.
                if (width < 1920) {
                    assertThat(Browsers.violations(page)).as(name).isEmpty();
                }
            }
            page.context().close();
        }
    }

    @Test
    void everythingTogetherIsSmall() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        browsers.transferred();
        for (String path : PAGES) {
            page.navigate("/backup/" + path);
            Browsers.ready(page);
        }
        long bytes = browsers.transferred();
        System.out.println("all five pages: " + bytes + " bytes over the line");

        assertThat(bytes).isBetween(30_000L, 150_000L);
    }

    @Test
    void touchTargetsAreLargeEnough() {
        Page page = browsers.logIn(host, "chef", GERMAN, 360, ColorScheme.LIGHT);
        for (String path : PAGES) {
            page.navigate("/backup/" + path + (path.startsWith("restore") ? "#" + backup : ""));
            Browsers.ready(page);
            for (Locator target : page.locator("a, button, input, summary").all()) {
                if (target.isVisible()) {
                    assertThat(target.boundingBox().height)
                            .as("%s: %s", path, target.innerText())
                            .isGreaterThanOrEqualTo(44);
                }
            }
        }
    }

    @Test
    void theConnectionToTheDataCentreIsTriedStepByStep() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/places.html");
        Locator card = Browsers.ready(page).locator("#places .card:has-text('Rechenzentrum')");
        card.locator("button").click();
        card.locator("li").nth(3).waitFor();

        assertThat(card.locator("li").allInnerTexts()).hasSize(4).allMatch(text -> text.contains("in Ordnung"));
        Browsers.screenshot(page, "places");
    }

    @Test
    void aCashierSeesTheStateAndNothingToPress() {
        Page page = browsers.logIn(host, "kasse", GERMAN);
        page.navigate("/backup/");
        Browsers.ready(page).click("#backups summary >> nth=0");

        assertThat(page.innerText("#head")).isNotBlank();
        assertThat(page.locator("main button:visible").allInnerTexts()).allMatch("Schließen"::equals);
        assertThat(page.locator("main a:visible").count()).isZero();
        for (String path : List.of("keys.html", "fetch.html", "restore.html")) {
            page.navigate("/backup/" + path);
            page.waitForSelector("#refused h2");
            assertThat(page.innerText("#refused")).contains("nicht für Sie freigegeben", "nur Administratoren");
            assertThat(page.isVisible("#page")).isFalse();
        }
    }

    @Test
    void aManagerBacksUpButDoesNotRestore() {
        Page page = browsers.logIn(host, "leitung", ENGLISH);
        long before = manual();
        page.navigate("/backup/");
        Browsers.ready(page).click("#create");
        DemoHost.await("a backup that the manager made", () -> manual() > before ? true : null);
        Locator made = page.locator(".notice.ok:has-text('Backup made')");
        made.waitFor();
        assertThat(made.innerText()).contains("read back and equal");

        page.click("#backups summary >> nth=0");
        assertThat(page.locator("#backups details[open] button").allInnerTexts())
                .containsExactly("Verify", "Rehearse a restore", "Send");
        assertThat(page.locator("a[href^='restore.html'], .ways a")
                        .locator("visible=true")
                        .count())
                .isZero();
    }

    private static long manual() {
        return host.backupList().stream()
                .filter(one -> one.get("kind").getAsString().equals("MANUAL"))
                .count();
    }
}
