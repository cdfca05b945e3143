package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The worst day, on the pages of a machine that knows nothing yet. */
final class NewMachine {
    private NewMachine() {}

    static void copy(Path from, Path to) throws IOException {
        for (Path one : LiveFiles.below(from)) {
            Path target = to.resolve(from.relativize(one).toString());
            Files.createDirectories(target.getParent());
            try {
                Files.copy(one, target);
            } catch (NoSuchFileException e) {
                // An automatic backup is on its way there, too.
            }
        }
    }

    /** Changes one bit in what lies at a data centre of the files kept with a backup. */
    static void damageFiles(Path centre, String backup) throws IOException {
        try (Stream<Path> all = Files.walk(centre)) {
            Path stored = all.filter(file -> file.getFileName().toString().startsWith(backup + ".files.tar."))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(stored);
            bytes[bytes.length / 2] ^= 1;
            Files.write(stored, bytes);
        }
    }

    static void fetchAndRestore(Page page, String backup, String key, String fingerprint) {
        page.navigate("/backup/");
        Browsers.ready(page).click("a[href='fetch.html']");
        choose(Browsers.ready(page), "Rechenzentrum", backup);
        page.fill("#fetch-key", key.substring(0, key.length() - 4).replace('\n', ' '));
        page.click("#key-form button");
        page.waitForSelector("#key-wrong p");
        page.fill("#fetch-key", key.replace('\n', ' '));
        page.click("#key-form button");
        page.fill("#fetch-fingerprint", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
        page.click("#fingerprint-form button");
        page.waitForSelector("#fingerprint-wrong p");
        assertThat(page.innerText("#fingerprint-wrong")).contains("nicht das Kennzeichen", fingerprint);
        Browsers.atEveryWidth(page, "fetch-fingerprint-de-DE");
        page.fill("#fetch-fingerprint", fingerprint.toLowerCase(Locale.ROOT).replace('-', ' '));
        page.click("#fingerprint-form button");
        page.click("#run a[href^='restore.html#']");
        Browsers.ready(page);
        assertThat(page.isDisabled("#restore-go")).isTrue();
        page.fill("#restore-word", "wiederherstellen");
        Browsers.atEveryWidth(page, "restore-confirm-de-DE");
        page.click("#restore-go");
        page.waitForSelector("#run .mark.good");
        assertThat(page.innerText("#run")).contains("Wiederhergestellt: die Kasse läuft", "alle Tabellen verglichen");
        Browsers.atEveryWidth(page, "restored-de-DE");
    }

    /** Of a backup whose kept files are damaged; its till is trusted already. */
    static void fetchAndRestoreTheDatabaseAlone(Page page, String backup, String key) {
        page.navigate("/backup/fetch.html");
        choose(Browsers.ready(page), "data centre", backup);
        page.fill("#fetch-key", key.replace('\n', ' '));
        page.click("#key-form button");
        Locator alone = page.locator("#run button:has-text('Fetch the database alone')");
        alone.waitFor();
        Browsers.atEveryWidth(page, "fetch-damaged-en-GB");
        assertThat(Browsers.violations(page)).isEmpty();
        alone.click();
        page.waitForSelector("#run .mark.good:has-text('Backup fetched')");

        page.navigate("/backup/");
        Locator entry = Browsers.ready(page).locator("#backups details[data-id='" + backup + "']");
        entry.locator("summary").click();
        entry.locator("a:has-text('Restore the database alone')").click();
        Browsers.ready(page).waitForSelector("#terms:has-text('Only the database comes back')");
        page.fill("#restore-word", "restore");
        Browsers.atEveryWidth(page, "restore-database-en-GB");
        assertThat(Browsers.violations(page)).isEmpty();
        page.click("#restore-go");
        page.waitForSelector("#run .mark.good");
        assertThat(page.innerText("#run")).contains("Restored: the till runs", "all tables compared");
        Browsers.atEveryWidth(page, "restored-en-GB");
    }

    /** What is listed there is told apart by its name, which is not shown. */
    private static void choose(Page page, String place, String backup) {
        Response listed =
                page.waitForResponse("**/api/v1/remote", () -> page.click("#places button:has-text('" + place + "')"));
        JsonArray found = JsonParser.parseString(listed.text()).getAsJsonArray();
        int index = IntStream.range(0, found.size())
                .filter(i ->
                        found.get(i).getAsJsonObject().get("id").getAsString().equals(backup))
                .findFirst()
                .orElseThrow();
        page.locator("#remote li").nth(index).locator("button").click();
    }
}
