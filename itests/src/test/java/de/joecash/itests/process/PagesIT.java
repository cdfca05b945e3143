package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as people use them: a real host, a real browser. */
class PagesIT {
    private static final String GERMAN = "de-DE";
    private static final String ENGLISH = "en-GB";
    private static final List<String> PAGES = List.of("", "keys.html", "fetch.html", "restore.html", "places.html");

    /** What can be seen and touched, and is less than 44 pixels high. */
    private static final String TOO_SMALL =
            """
            () => [...document.querySelectorAll("a, button, input, summary")]
              .filter(one => getComputedStyle(one).visibility === "visible")
              .map(one => [one, one.getBoundingClientRect()])
              .filter(([one, box]) => box.width > 0 && box.height > 0 && box.height < 44)
              .map(([one, box]) => box.height + ": " + one.outerHTML)
            """;

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
        String fingerprint = page.innerText("#till");
        Browsers.atEveryWidth(page, "sheet-" + GERMAN);

        PrintedSheet.assertOnePage(page);
        assertThat(PrintedSheet.qrCode(page.locator(".secret svg"))).isEqualTo(key.replaceAll("\\s", ""));
        assertThat(page.innerText(".sheet"))
                .contains("Wenn alles verloren ist", "If everything is lost", fingerprint, "ftp://127.0.0.1:");
        PrintedSheet.assertKeyIsTried(page, key);
        assertThat(Browsers.violations(page)).isEmpty();
        page.click("#close");
        assertThat(page.content()).doesNotContain(key.substring(20, 40));
        page.reload();
        Browsers.ready(page);
        assertThat(page.locator(".sheet").count()).isZero();
        PrintedSheet.assertKeptNowhere(host.data(), key);

        assertThat(Files.readString(host.data().resolve("log/joecash.log"))).contains("chef asked for /sheet: 200");

        String good = host.succeed("send", "{}").get("backup").getAsString();
        String unlucky = host.backup();
        host.succeed("send", "{}");
        long receipts = host.receipts();
        Path fresh = directory.resolve("new");
        NewMachine.copy(host.data().resolve("demo/data-centre"), fresh.resolve("demo/data-centre"));
        NewMachine.damageFiles(fresh.resolve("demo/data-centre"), unlucky);
        try (DemoHost machine = DemoHost.start(fresh, "--receipts", "10")) {
            machine.book(false);
            NewMachine.fetchAndRestore(browsers.logIn(machine, "chef", GERMAN), good, key, fingerprint);
            machine.awaitReceipts(Math.max(2000, receipts / 2));
            NewMachine.fetchAndRestoreTheDatabaseAlone(browsers.logIn(machine, "chef", ENGLISH), unlucky, key);
            machine.awaitASale();
            machine.awaitReceipts(Math.max(2000, receipts / 2));
            PrintedSheet.assertKeptNowhere(fresh, key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void everyPageFitsEveryWidthAndAxeFindsNothing(String language) {
        for (int width : Browsers.WIDTHS) {
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
                // The layout of 1920 is that of 1024, and the elements are the same in both languages.
                if (width == (language.equals(GERMAN) ? 360 : 1024)) {
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
    void isDrawnAndUsableSoon() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/");
        Browsers.ready(page);
        // What is there is not always painted yet.
        page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
        double usable = ((Number) page.evaluate("performance.now()")).doubleValue();
        double painted = ((Number) page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                .doubleValue();
        System.out.printf("first paint after %.0f ms, usable after %.0f ms%n", painted, usable);

        assertThat(painted).isBetween(1.0, usable);
        assertThat(usable).as("ms, however busy the machine is").isLessThan(20_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-DE | 21,0 MB · 20 % · 2,0 MB/s · noch etwa 2 Minuten",
                "en-GB | 21.0 MB · 20% · 2.0 MB/s · about 2 minutes left"
            })
    void whatIsUnderWaySaysHowFastItIsAndHowLongItWillTake(String language, String said) {
        Page page = browsers.logIn(host, "chef", language);
        page.navigate("/backup/");
        Browsers.ready(page);

        // Twenty megabytes in ten seconds, and a tenth of the whole.
        assertThat(
                        page.evaluate(
                                """
                        async () => {
                          const { progressLine } = await import("/backup/elements.js");
                          let now = 0;
                          performance.now = () => now;
                          progressLine("run", { phase: "SENDING", bytes: 1e6, share: 0.1 });
                          now = 10_000;
                          return progressLine("run", { phase: "SENDING", bytes: 21e6, share: 0.2 })[0]
                            .querySelector(".num").textContent.replaceAll("\u00a0", " ");
                        }
                        """))
                .isEqualTo(said);
    }

    @Test
    void touchTargetsAreLargeEnough() {
        Page page = browsers.logIn(host, "chef", GERMAN, 360, ColorScheme.LIGHT);
        for (String path : PAGES) {
            page.navigate("/backup/" + path + (path.startsWith("restore") ? "#" + backup : ""));
            Browsers.ready(page);
            // All at one instant: what goes on may show or remove one at any time.
            assertThat((List<?>) page.evaluate(TOO_SMALL)).as(path).isEmpty();
        }
    }

    @Test
    void aFirstTimeUserHasAProvenBackupOnAStickWithinFiveTouches() throws Exception {
        Path stick = host.data().resolve("demo/usb0");
        AtomicInteger touches = new AtomicInteger();
        try (SmallDisk disk = SmallDisk.mount(stick, 64)) {
            Page page = browsers.open(host, GERMAN, 1024, ColorScheme.LIGHT);
            page.exposeFunction("touched", nothing -> touches.incrementAndGet());
            page.addInitScript("addEventListener('pointerdown', () => touched(), true)");
            page.navigate("/");
            page.locator("#user:focus").waitFor();
            page.keyboard().type("chef");
            page.click("#password");
            page.keyboard().type("demo");
            page.click("button");
            page.click("a[href='/backup/']:visible >> nth=0");
            page.click("button:has-text('Auf diesen Stick sichern')");

            Locator copied = page.locator(".notice.ok:has-text('Übertragen an: Medium " + stick + "')");
            copied.waitFor();
            page.locator("#state[data-level=SAFE]").waitFor();
            System.out.println("touches from the address to a proven backup on a stick: " + touches);

            assertThat(touches.get()).isBetween(4, 5);
            assertThat(copied.innerText()).contains("die Kopie wurde zurückgelesen und ist gleich");
            Path copy = archive(stick);
            assertThat(copy).hasSameBinaryContentAs(host.backups().resolve(copy.getFileName()));
            assertThat(Files.size(copy)).as("bytes on the medium").isLessThan(disk.size() - disk.free() + 1);
            assertThat(page.innerText("#media")).contains("„Backup an FTP“ geht auf dieses Medium");
            Browsers.atEveryWidth(page, "stick-" + GERMAN);
            assertThat(Browsers.violations(page)).isEmpty();
            page.context().close();
        } finally {
            host.settings("F", "");
        }
    }

    private static Path archive(Path stick) throws IOException {
        try (Stream<Path> files = Files.list(stick)) {
            return files.filter(file -> file.toString().endsWith(".sql.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aStickTakesTheDataCentresDirectorysPlaceOnlyAfterAQuestion() {
        String stick = host.data().resolve("demo/usb0").toString();
        host.settings("F", "salon/7");
        try {
            Page page = browsers.logIn(host, "chef", ENGLISH);
            page.navigate("/backup/");
            Browsers.ready(page).click("button:has-text('Back up to this stick')");
            page.waitForSelector("#media [role=alert]:has-text('salon/7')");
            Browsers.atEveryWidth(page, "stick-question-" + ENGLISH);
            assertThat(Browsers.violations(page)).isEmpty();
            page.click("#media button:has-text('Change nothing')");
            page.waitForSelector("button:has-text('Back up to this stick')");
            assertThat(page.locator("#media [role=alert]").count()).isZero();
            assertThat(settings(page).inputValue()).isEqualTo("salon/7");

            page.navigate("/backup/");
            Browsers.ready(page).click("button:has-text('Back up to this stick')");
            page.click("button:has-text('Put the stick in its place')");
            page.waitForSelector("#media:has-text('“Backup an FTP” goes to this medium')");
            DemoHost.await("a copy on the stick", () -> newestIsAt(stick) ? true : null);
            page.waitForSelector(".notice.ok:has-text('" + stick + "')");
            assertThat(settings(page).inputValue()).isEqualTo(stick);
        } finally {
            host.settings("F", "");
        }
    }

    private static boolean newestIsAt(String stick) {
        return host.backupList().stream()
                .filter(one -> one.get("kind").getAsString().equals("MANUAL"))
                .limit(1)
                .anyMatch(one -> one.get("copies").toString().contains("\"" + stick + "\""));
    }

    /** The field 01.2 on the host's own page. */
    private static Locator settings(Page page) {
        page.navigate("/pos/hardware");
        Locator field = page.locator("[name='01.2']");
        field.waitFor();
        return field;
    }

    @Test
    void whatIsPluggedInIsProposedWhereItsPathIsTyped() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        Locator field = settings(page);

        assertThat(page.locator("datalist[id='" + field.getAttribute("list") + "'] option")
                        .getAttribute("value"))
                .isEqualTo(host.data().resolve("demo/usb0").toString());
        Browsers.atEveryWidth(page, "settings-" + GERMAN);
    }

    @Test
    void administratorsChangeWhenAutomaticBackupsAreMade() {
        String later = laterToday();
        Page german = browsers.logIn(host, "chef", GERMAN);
        assertThat(times(german)).containsExactly("07:00", "21:00", "");
        german.locator("#times input").nth(2).fill(later);
        german.click("button:has-text('Zeiten speichern')");
        german.waitForSelector("#times-said:has-text('Gespeichert: täglich um'):has-text('" + later + "')");
        Browsers.atEveryWidth(german, "times-" + GERMAN);
        assertThat(Browsers.violations(german)).isEmpty();
        german.navigate("/backup/");
        german.waitForSelector("#next:has-text('Täglich um'):has-text('" + later + "')");

        Page english = browsers.logIn(host, "chef", ENGLISH);
        List<String> set = times(english);
        assertThat(set).hasSize(4).contains("07:00", "21:00", later);
        english.locator("#times input").nth(set.indexOf(later)).fill("");
        english.click("button:has-text('Save times')");
        english.waitForSelector("#times-said:has-text('Saved: every day at 07:00 and 21:00.')");
        Browsers.atEveryWidth(english, "times-" + ENGLISH);
        english.navigate("/backup/");
        english.waitForSelector("#next:has-text('Every day at 07:00 and 21:00.')");
    }

    /** The fields on the page, opened anew. */
    private static List<String> times(Page page) {
        page.navigate("/backup/places.html");
        return Browsers.ready(page).locator("#times input").all().stream()
                .map(Locator::inputValue)
                .toList();
    }

    /** So that no backup is due at once: in the shop, hours from now, and none of the times that are set. */
    private static String laterToday() {
        LocalTime later = LocalTime.now(ZoneId.of("Europe/Berlin")).plusHours(6).truncatedTo(ChronoUnit.MINUTES);
        return (later.getMinute() == 0 ? later.plusMinutes(1) : later).toString();
    }

    @Test
    void theConnectionToTheDataCentreIsTriedStepByStep() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/places.html");
        Locator card = Browsers.ready(page).locator("#places .card:has-text('Rechenzentrum')");
        card.locator("button").click();
        card.locator("li").nth(3).waitFor();

        assertThat(card.locator("li").allInnerTexts()).hasSize(4).allMatch(text -> text.contains("in Ordnung"));
        Browsers.atEveryWidth(page, "tried-" + GERMAN);
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
    void theOwnerSeesWhatIsInNoBackupYetAndWhatARestoreWouldTakeAway() {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/");
        Locator unsaved = page.locator("#fact-backup:has-text('Belege seit dieser Sicherung')");
        unsaved.waitFor();
        assertThat(unsaved.innerText()).containsPattern("\\d Belege seit dieser Sicherung, zusammen [\\d.]+,\\d\\d.€");
        page.navigate("/backup/restore.html#" + backup);
        assertThat(Browsers.ready(page).innerText("#lost"))
                .containsPattern("\\d Belege nach dieser Sicherung gehen verloren, zusammen [\\d.]+,\\d\\d.€\\.");

        Page cashier = browsers.logIn(host, "kasse", GERMAN);
        cashier.navigate("/backup/");
        cashier.locator("#fact-backup:has-text('Belege seit dieser Sicherung')").waitFor();
        assertThat(cashier.content()).doesNotContain("€");
        cashier.context().close();
        page.context().close();
    }

    @Test
    void theFileIsHandedOutAsItIsAndTheLogSaysToWhom() throws Exception {
        Page page = browsers.logIn(host, "chef", GERMAN);
        page.navigate("/backup/");
        Locator entry = Browsers.ready(page).locator("#backups details[data-id='" + backup + "']");
        entry.locator("summary").click();
        Download download =
                page.waitForDownload(() -> entry.locator("a[download]").click());

        assertThat(download.suggestedFilename()).isEqualTo(backup + ".sql.gz");
        assertThat(download.path()).hasSameBinaryContentAs(host.backups().resolve(backup + ".sql.gz"));
        assertThat(Files.readString(host.data().resolve("log/joecash.log")))
                .contains("chef takes the file " + backup + ".sql.gz");
    }

    @Test
    void aManagerBacksUpButDoesNotRestore() {
        Page page = browsers.logIn(host, "leitung", ENGLISH);
        long before = manual();
        page.navigate("/backup/");
        Browsers.ready(page);
        Browsers.putAwayWhatHasEnded(page);
        page.click("#create");
        DemoHost.await("a backup that the manager made", () -> manual() > before ? true : null);
        Locator made = page.locator(".notice.ok:has-text('Backup made')").first();
        made.waitFor();
        assertThat(made.innerText()).contains("read back and equal");

        page.click("#backups summary >> nth=0");
        assertThat(page.locator("#backups details[open] button").allInnerTexts())
                .containsExactly("Save note", "Keep for ever", "Verify", "Rehearse a restore", "Send");
        assertThat(page.locator("a[href^='restore.html'], .ways a")
                        .locator("visible=true")
                        .count())
                .isZero();
    }

    @Test
    void aBackupIsKeptForEverWithANoteAndFoundAgain() {
        Page page = browsers.logIn(host, "leitung", GERMAN);
        Locator entry = opened(page);
        entry.locator("input").fill("Jahresabschluss <b>2026</b>");
        entry.locator("button:text-is('Dauerhaft aufbewahren')").click();
        entry.locator("summary:has-text('dauerhaft aufbewahrt · Jahresabschluss <b>2026</b>')")
                .waitFor();
        page.selectOption("#only", "KEPT");
        page.locator("#backups details")
                .nth(1)
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(page.locator("#backups details").getAttribute("data-id")).isEqualTo(backup);
        Browsers.atEveryWidth(page, "kept-" + GERMAN);
        page.selectOption("#only", "SAFETY");
        page.locator("#backups:has-text('Davon gibt es keine.')").waitFor();

        Page english = browsers.logIn(host, "leitung", ENGLISH);
        entry = opened(english);
        assertThat(entry.locator("summary").innerText()).contains("kept for ever · Jahresabschluss <b>2026</b>");
        Browsers.atEveryWidth(english, "kept-" + ENGLISH);
        entry.locator("button:text-is('Do not keep for ever any more')").click();
        entry.locator("button:text-is('Keep for ever')").waitFor();
        assertThat(entry.locator("summary").innerText())
                .contains("Jahresabschluss")
                .doesNotContain("kept for ever");
    }

    /** The backup's entry in the list. */
    private static Locator opened(Page page) {
        page.navigate("/backup/");
        Locator entry = Browsers.ready(page).locator("#backups details[data-id='" + backup + "']");
        entry.locator("summary").click();
        return entry;
    }

    private static long manual() {
        return host.backupList().stream()
                .filter(one -> one.get("kind").getAsString().equals("MANUAL"))
                .count();
    }
}
