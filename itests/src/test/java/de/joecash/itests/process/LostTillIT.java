package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till's database is gone, the till sells on with an empty one, and backups go on being made. */
class LostTillIT {
    @TempDir
    private Path directory;

    @Test
    void theLastBackupOfWhatWasLostStaysAndNothingIsGreenUntilItIsRestored() throws Exception {
        Path data = lost();
        String full = backedUp(data);
        try (DemoHost host = DemoHost.start(data)) {
            DemoHost.await("a look at what came", () -> isLost(host) ? true : null);
            assertThat(host.state().getAsJsonObject("loss").get("backup").getAsString())
                    .isEqualTo(full);
            host.post("/backup/api/v1/retention", "{\"keep\":1,\"keepSafety\":1}");
            String pushedOut = host.backup();
            String newest = host.backup();

            assertThat(ids(host)).contains(newest, full).doesNotContain(pushedOut);
            assertThat(isLost(host)).isTrue();
            assertThat(host.state().getAsJsonObject("loss").get("backup").getAsString())
                    .isEqualTo(full);

            host.post("/backup/api/v1/retention", "{\"keep\":30,\"keepSafety\":3}");
            host.succeed("restore", "{\"backup\":\"" + full + "\",\"confirm\":\"RESTORE\"}");
            host.backup();

            assertThat(isLost(host)).isFalse();
            host.awaitReceipts(2000);

            // What was sold on the empty one takes the full books' place: that is said, and what was replaced stays.
            host.succeed("restore", "{\"backup\":\"" + newest + "\",\"confirm\":\"RESTORE\"}");
            assertThat(isLost(host)).isTrue();
            assertThat(host.state().getAsJsonObject("loss").get("rows").getAsLong())
                    .isGreaterThan(2000);
        }
    }

    @Test
    void thePageShowsBothWaysOnAndTakesAWordForIt() throws Exception {
        Path data = lost();
        String full = backedUp(data);
        try (Browsers browsers = Browsers.start();
                DemoHost host = DemoHost.start(data)) {
            Page page = browsers.logIn(host, "chef", "de-DE");
            page.navigate("/backup/");
            Browsers.ready(page).waitForSelector("#loss:visible button");
            Browsers.atEveryWidth(page, "lost");
            assertThat(Browsers.violations(page)).isEmpty();
            assertThat(page.innerText("#text")).contains("nur noch", "muss die frühere wiederhergestellt werden");
            assertThat(page.getAttribute("#loss a", "href")).isEqualTo("restore.html#" + full);

            page.click("#loss button");
            page.waitForSelector("#loss [role=alert]:has-text('Sind Sie sicher')");
            Browsers.atEveryWidth(page, "lost-question");
            assertThat(Browsers.violations(page)).isEmpty();
            page.click("#loss button:has-text('Ja, es fehlt nichts')");

            page.waitForCondition(() -> !page.isVisible("#loss"));
            assertThat(isLost(host)).isFalse();
            assertThat(host.backupList())
                    .filteredOn(backup -> backup.get("id").getAsString().equals(full))
                    .singleElement()
                    .matches(backup -> backup.get("kept").getAsBoolean());
            assertThat(browsers.complaints()).isEmpty();
        }
    }

    /** The data of a till that was backed up before. */
    private Path lost() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("till"));
        DemoHost.Ended ended = DemoHost.exec(data, "backup:create", "--receipts", "2000");
        assertThat(ended.code()).as(ended.err()).isZero();
        loseDatabase(data);
        return data;
    }

    private static void loseDatabase(Path data) throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            List<Path> databases =
                    files.filter(file -> file.toString().endsWith(".mv.db")).toList();
            assertThat(databases).isNotEmpty();
            for (Path database : databases) {
                Files.delete(database);
            }
        }
    }

    private static boolean isLost(DemoHost host) {
        return host.state().get("reason").getAsString().equals("LOSS");
    }

    /** The only backup there is. */
    private static String backedUp(Path data) throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("backups"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql.gz"))
                    .toList();
            assertThat(names).hasSize(1);
            return names.get(0).replace(".sql.gz", "");
        }
    }

    /** The newest first. */
    private static List<String> ids(DemoHost host) {
        return host.backupList().stream()
                .map(backup -> backup.get("id").getAsString())
                .toList();
    }
}
