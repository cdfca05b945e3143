package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be asked for on the pages comes to its end before one's eyes, in both languages and at every width. */
class FlowsIT {
    private static final String GERMAN = "de-DE";
    private static final String ENGLISH = "en-GB";

    @TempDir
    private static Path directory;

    private static DemoHost host;
    private static Browsers browsers;

    @BeforeAll
    static void start() {
        browsers = Browsers.start();
        host = DemoHost.start(directory.resolve("till"), "--receipts", "2000");
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

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void aBackupIsMadeSentVerifiedRehearsedAndCancelled(String language) throws IOException {
        Words words = Words.in(language);
        Page page = browsers.logIn(host, "chef", language);
        click(open(page), "#create");
        isDone(page, words.said("done.CREATE"), "created-" + language);
        click(page, "#send");
        isDone(page, words.said("done.SEND"), "sent-" + language);
        click(page, "#drill");
        isDone(page, words.said("done.DRILL"), "drilled-" + language);
        opened(page);
        click(page, "#backups details[open] button:text-is('" + words.said("verify") + "')");
        isDone(page, words.said("done.VERIFY"), "verified-" + language);

        Browsers.putAwayWhatHasEnded(page);
        String run = host.pausedBackup();
        page.waitForSelector("[data-progress='" + run + "'] progress");
        Browsers.atEveryWidth(page, "under-way-" + language);
        assertThat(Browsers.violations(page)).isEmpty();
        page.click("button[data-key='" + run + "']");
        Locator cancelled = page.locator("#notices .notice:has-text('" + words.said("cancelled") + "')");
        cancelled.first().waitFor();
        Browsers.atEveryWidth(page, "cancelled-" + language);
        page.waitForCondition(() -> page.locator("#runs progress").count() == 0);
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void aBackupIsRestoredAndTheWayBackIsShown(String language) throws IOException {
        Words words = Words.in(language);
        String backup = host.backup();
        Page page = browsers.logIn(host, "chef", language);
        page.navigate("/backup/restore.html#" + backup);
        Browsers.ready(page).fill("#restore-word", words.said("restore.word").toLowerCase(Locale.ROOT));
        Browsers.atEveryWidth(page, "restore-typed-" + language);
        page.click("#restore-go");
        page.waitForSelector("#run .mark.good");
        Browsers.atEveryWidth(page, "restored-here-" + language);
        assertThat(Browsers.violations(page)).isEmpty();
        assertThat(page.innerText("#run")).contains(words.said("done.RESTORE"), words.said("restore.undo"));
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void placesAreTriedAndASheetIsMade(String language) throws IOException {
        Words words = Words.in(language);
        Page page = browsers.logIn(host, "chef", language);
        page.navigate("/backup/places.html");
        Locator card = Browsers.ready(page).locator("#places .card").first();
        card.locator("button").first().click();
        card.locator("li").nth(3).waitFor();
        Browsers.atEveryWidth(page, "tried-" + language);

        page.navigate("/backup/keys.html");
        Browsers.ready(page).click("#make");
        page.waitForSelector(".sheet");
        Browsers.atEveryWidth(page, "sheet-" + language);
        assertThat(Browsers.violations(page)).isEmpty();
        assertThat(page.innerText("main")).contains(words.said("made.close"));
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void itIsSeenWhichBackupsGoBeforeFewerAreKept(String language) throws IOException {
        Words words = Words.in(language);
        host.backup();
        host.backup();
        String newest = host.backup();
        Page page = browsers.logIn(host, "chef", language);
        page.navigate("/backup/places.html");
        preview(Browsers.ready(page), "0");
        page.waitForSelector("#keep-wrong:has-text('" + words.said("retention.wrong") + "')");
        assertThat(page.locator(":focus").getAttribute("id")).isEqualTo("keep");
        assertThat(page.isVisible("#retention-save")).isFalse();
        Browsers.atEveryWidth(page, "retention-refused-" + language);
        assertThat(Browsers.violations(page)).isEmpty();

        List<String> before = backups();
        preview(page, "2");
        page.waitForSelector("#retention-save:visible");
        Browsers.atEveryWidth(page, "retention-preview-" + language);
        assertThat(Browsers.violations(page)).isEmpty();
        List<String> going = page.locator("#fates details[open] li .soft").allInnerTexts().stream()
                .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                .toList();
        assertThat(going).isNotEmpty().isSubsetOf(before).doesNotContain(newest);
        assertThat(backups()).as("removed by looking").containsAll(before);

        save(page, words);
        try {
            assertThat(backups()).as("removed by saving").containsAll(before);
            String next = host.backup();
            assertThat(backups()).contains(newest, next).doesNotContainAnyElementsOf(going);
            page.navigate("/backup/places.html");
            assertThat(Browsers.ready(page).inputValue("#keep")).isEqualTo("2");
            preview(page, "30");
            save(page, words);
        } finally {
            // The other flows make many.
            host.post("/backup/api/v1/retention", "{\"keep\":30,\"keepSafety\":3}");
        }
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GERMAN, ENGLISH})
    void itIsChosenOfWhatPeopleAreToldAndATrialArrives(String language) throws IOException {
        Words words = Words.in(language);
        Page page = browsers.logIn(host, "chef", language);
        page.navigate("/backup/places.html");
        Browsers.ready(page).selectOption("#notify-from", "OVERDUE");
        page.click("#notify-form button:visible >> nth=0");
        page.waitForSelector("#notify-said:has-text('" + words.said("retention.saved") + "')");
        page.navigate("/backup/places.html");
        String kept = Browsers.ready(page).inputValue("#notify-from");
        // The other language finds what is usual.
        host.post("/backup/api/v1/notifications", "{\"from\":\"DANGER\"}");
        assertThat(kept).isEqualTo("OVERDUE");
        long before = System.currentTimeMillis();
        page.click("#notify-trial");
        page.waitForSelector("#notify-said:has-text('" + words.said("notify.sent") + "')");
        Browsers.atEveryWidth(page, "notifications-" + language);
        assertThat(Browsers.violations(page)).isEmpty();

        page.navigate("/");
        page.waitForSelector("#notices .card:has-text('" + (language.equals(GERMAN) ? "Probe" : "trial") + "')");
        assertThat(host.get("/pos/api/overview")
                        .getAsJsonObject()
                        .getAsJsonArray("notices")
                        .get(0)
                        .getAsJsonObject()
                        .get("at")
                        .getAsLong())
                .isGreaterThanOrEqualTo(before);
        Browsers.atEveryWidth(page, "notified-" + language);
        assertThat(Browsers.violations(page)).isEmpty();
        page.context().close();
    }

    private static void preview(Page page, String keep) {
        page.fill("#keep", keep);
        page.click("#retention-form button:visible >> nth=0");
    }

    private static void save(Page page, Words words) {
        page.click("#retention-save");
        page.waitForSelector("#retention-said:has-text('" + words.said("retention.saved") + "')");
    }

    private static List<String> backups() {
        return host.backupList().stream()
                .map(backup -> backup.get("id").getAsString())
                .toList();
    }

    /** What a former run ended with must not pass for the end of this one. */
    private static void click(Page page, String button) {
        Browsers.putAwayWhatHasEnded(page);
        page.click(button);
    }

    private static void isDone(Page page, String said, String name) {
        page.locator("#notices .notice.ok:has-text('" + said + "')").first().waitFor();
        Browsers.atEveryWidth(page, name);
        // What ends last stands where the next one looks for it.
        page.locator("#create:enabled").waitFor();
    }

    private static Page open(Page page) {
        page.navigate("/backup/");
        return Browsers.ready(page);
    }

    /** The newest backup's entry in the list. */
    private static void opened(Page page) {
        page.locator("#backups details").first().locator("summary").click();
    }

    /** What the pages say in a language. */
    private record Words(ResourceBundle texts) {
        static Words in(String language) throws IOException {
            try (DirectoryStream<Path> jars =
                            Files.newDirectoryStream(Path.of("target/bundles"), "de.joecash.backup.web-*.jar");
                    URLClassLoader jar = new URLClassLoader(
                            new URL[] {jars.iterator().next().toUri().toURL()}, null)) {
                return new Words(ResourceBundle.getBundle(
                        "de.joecash.backup.web.internal.page",
                        language.equals(GERMAN) ? Locale.GERMAN : Locale.ROOT,
                        jar,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
            }
        }

        /** Up to the first of its parameters. */
        String said(String key) {
            String text = texts.getString(key);
            return (text.contains("{") ? text.substring(0, text.indexOf('{')) : text).strip();
        }
    }
}
