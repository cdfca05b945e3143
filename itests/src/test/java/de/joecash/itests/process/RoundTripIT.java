package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was backed up while the till sold comes back row by row, judged by plain SQL and by H2's own tool, not by the
 * digests of ours. With {@code -Dreceipts=1000000} at another size.
 */
class RoundTripIT {
    private static final int RECEIPTS = Integer.getInteger("receipts", 20_000);

    /** A sale comes about every 300 ms; what a cashier would notice is longer. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    /**
     * On a machine that has much else to do every sale takes longer; one that a backup holds up takes as long as it.
     */
    private static final int PART_OF_THE_BACKUP = 10;

    @TempDir
    private Path directory;

    @Test
    void bringsBackEveryRowOfTheDumpsInstant() throws Exception {
        Path data = directory.resolve("data");
        String id = backUpWhileSelling(data);
        Path archive = data.resolve("backups").resolve(id + ".sql.gz");
        String password = Files.readString(data.resolve("till/password")).strip();
        Map<String, Table> counted = manifest(archive.resolveSibling(id + ".json"));

        Path byProduct = directory.resolve("by-product");
        long begun = System.nanoTime();
        DemoHost.Ended ended = DemoHost.exec(data, "backup:restore " + id + " --into " + byProduct);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        say("restored into an empty database (with the start of a host)", seconds(begun));
        Path byTool = directory.resolve("by-tool");
        runScript(archive, byTool);

        Map<String, Table> restored = Tables.read(byProduct, "till", password);
        assertThat(restored)
                .as("restored by us, and by H2's RunScript from what gunzip gives")
                .isEqualTo(Tables.read(byTool, "sa", ""));
        assertThat(restored)
                .as("restored, and the till's own tables up to the last receipt of the dump")
                .isEqualTo(Tables.readUpTo(restored, till(data), "till", password));
        assertThat(rows(restored)).as("rows as the manifest says").isEqualTo(rows(counted));
        assertThat(restored.get("PUBLIC.RECEIPT").rows()).isGreaterThanOrEqualTo(RECEIPTS);
        restored.forEach((name, table) -> say(name, table.rows() + " rows"));

        restoreLive(data, id);
    }

    private String backUpWhileSelling(Path data) throws Exception {
        long begun = System.nanoTime();
        try (DemoHost host = DemoHost.startAtFullSpeed(data, "--receipts", Integer.toString(RECEIPTS))) {
            say("seeded, and the till sells", seconds(begun));
            say("peak RSS before the backup", megabytes(host.peakMemory()));
            String id;
            try (SalesWatch sales = SalesWatch.on(host)) {
                begun = System.nanoTime();
                id = host.backup();
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                say("backup", seconds(begun));
                SalesWatch.Seen seen = sales.end();
                say("receipts sold meanwhile", Long.toString(seen.sold()));
                say("longest gap between sales", seen.longestGap().toMillis() + " ms");
                assertThat(seen.sold()).as("sold during the backup").isPositive();
                assertThat(seen.longestGap()).isLessThan(noticed(took));
            }
            say("archive", megabytes(Files.size(host.backups().resolve(id + ".sql.gz"))));
            say("peak RSS of the host that made the backup", megabytes(host.peakMemory()));
            assertThat(host.stop()).isZero();
            return id;
        }
    }

    private static Duration noticed(Duration backup) {
        Duration part = backup.dividedBy(PART_OF_THE_BACKUP);
        return part.compareTo(NOTICED) > 0 ? part : NOTICED;
    }

    /** Over the page, in the live database's place. */
    private static void restoreLive(Path data, String id) throws Exception {
        try (DemoHost host = DemoHost.startAtFullSpeed(data)) {
            long begun = System.nanoTime();
            host.succeed("restore", "{\"backup\":\"" + id + "\",\"confirm\":\"RESTORE\"}");
            say("restored live, with a safety backup", seconds(begun));
            host.awaitASale();
            say("peak RSS of the host that restored", megabytes(host.peakMemory()));
            assertThat(host.stop()).isZero();
        }
    }

    /** As anybody could without us: gunzip, and H2's own RunScript. */
    private static void runScript(Path archive, Path database) throws Exception {
        Path sql = database.resolveSibling("by-tool.sql");
        try (GZIPInputStream content = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            Files.copy(content, sql);
        }
        RunScript.execute("jdbc:h2:file:" + database, "sa", "", sql.toString(), StandardCharsets.UTF_8, false);
        Files.delete(sql);
    }

    private static Path till(Path data) throws Exception {
        return data.resolve("till")
                .resolve(Files.readString(data.resolve("till/current")).split(" ", 2)[0]);
    }

    private static Map<String, Table> manifest(Path file) throws Exception {
        JsonObject manifest = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        Map<String, Table> tables = new TreeMap<>();
        for (JsonElement table : manifest.getAsJsonArray("tables")) {
            tables.put(
                    table.getAsJsonObject().get("name").getAsString(),
                    new Table(table.getAsJsonObject().get("rows").getAsLong(), ""));
        }
        return tables;
    }

    private static Map<String, Long> rows(Map<String, Table> tables) {
        Map<String, Long> rows = new TreeMap<>();
        tables.forEach((name, table) -> rows.put(name, table.rows()));
        return rows;
    }

    private static void say(String what, String value) {
        System.out.printf("%,d receipts: %s: %s%n", RECEIPTS, what, value);
    }

    private static String seconds(long begun) {
        return "%.1f s".formatted((System.nanoTime() - begun) / 1e9);
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1e6);
    }
}
