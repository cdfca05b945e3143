package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of somebody who has just cloned the project: start, back up, look at the file, lose everything, get it back.
 */
class NewcomerIT {
    private static final int RECEIPTS = 5_000;

    @TempDir
    private Path directory;

    @Test
    void backsUpALiveTillAndGetsEveryReceiptBackAfterItWasLost() throws Exception {
        Path data = directory.resolve("data");
        try (DemoHost host = DemoHost.start(data, "--receipts", Integer.toString(RECEIPTS))) {
            System.out.println(
                    "back office reachable after " + host.untilReachable().toMillis() + " ms");
            String id = host.backup();
            Path archive = host.backups().resolve(id + ".sql.gz");
            long inFile = gunzipAndCount(archive);
            assertThat(inFile).isGreaterThanOrEqualTo(RECEIPTS);
            host.awaitASale();

            host.settings("L", data.resolve("demo/usb0").toString());
            host.succeed("send", "{}");
            assertThat(data.resolve("demo/usb0").resolve(id + ".sql.gz")).hasSameBinaryContentAs(archive);
            host.settings("F", "");
            host.book(true);
            host.succeed("send", "{}");
            Delivered.assertThere(data.resolve("demo/data-centre"), id, ".sql", host);
            assertThat(host.stop()).isZero();
            countInACopy(data, id, inFile);
        }
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".mv.db")).toList()) {
                Files.delete(file);
            }
        }
        try (DemoHost host = DemoHost.start(data)) {
            assertThat(host.receipts()).isLessThan(RECEIPTS);
            JsonObject newest = host.backupList().stream()
                    .filter(backup -> backup.get("kind").getAsString().equals("MANUAL"))
                    .findFirst()
                    .orElseThrow();
            String id = newest.get("id").getAsString();
            host.succeed("restore", "{\"backup\":\"" + id + "\",\"confirm\":\"RESTORE\"}");
            host.awaitReceipts(RECEIPTS);
            host.awaitASale();
        }
    }

    /** The shell: the number of receipts in the file is what a database holds that was restored from it. */
    private void countInACopy(Path data, String id, long expected) throws Exception {
        Path copy = directory.resolve("copy");
        DemoHost.Ended ended = DemoHost.exec(
                data, "backup:create; backup:list; backup:verify last; backup:restore " + id + " --into " + copy);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + copy + ";IFEXISTS=TRUE");
        source.setUser("till");
        source.setPassword(Files.readString(data.resolve("till/password")).strip());
        try (Connection connection = source.getConnection();
                ResultSet count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM RECEIPT")) {
            count.next();
            assertThat(count.getLong(1)).isEqualTo(expected);
        }
    }

    /** As a person would: gunzip, and count the lines that hold a receipt. */
    private static long gunzipAndCount(Path archive) throws Exception {
        assertThat(shell("gunzip -t '" + archive + "' && echo whole")).isEqualTo("whole");
        return Long.parseLong(shell("gunzip -c '" + archive
                + "' | awk '/^INSERT INTO /{in_receipts=/\"RECEIPT\"/} /^\\(/{n+=in_receipts} END{print n}'"));
    }

    private static String shell(String command) throws Exception {
        Process process = new ProcessBuilder(List.of("sh", "-c", command))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
