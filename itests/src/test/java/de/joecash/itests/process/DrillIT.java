package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill on the demo host: green on a good backup; red, with the words, on backups whose archive and manifest agree
 * but whose books are wrong. Such a one is made by a copy of the host after its database was manipulated.
 */
class DrillIT {
    private static final int RECEIPTS = 12_000;

    @TempDir
    private Path directory;

    @Test
    void tellsAGoodBackupFromThoseWhoseBooksAreWrong() throws Exception {
        Path data = directory.resolve("data");
        String good = passesWhileTheTillSells(data);
        String incomplete = manipulated(
                data,
                "DELETE FROM RECEIPT_LINE WHERE RECEIPT = 4711",
                "DELETE FROM PAYMENT WHERE RECEIPT = 4711",
                "DELETE FROM RECEIPT WHERE NUMBER = 4711");
        String unequal = manipulated(data, "UPDATE PAYMENT SET AMOUNT = AMOUNT + 1 WHERE RECEIPT = 250 AND PART = 1");

        try (DemoHost host = DemoHost.start(data)) {
            assertThat(reason(host)).isEqualTo("SAFE");
            fails(host, incomplete, "Beleg 4711 fehlt", "receipt 4711 is missing");
            host.succeed("drill", about(good));
            assertThat(reason(host)).as("an older one proves nothing").isEqualTo("DRILL_FAILED");
            fails(host, unequal, "am Geschäftstag Z 3 sind die Zahlungen nicht so hoch", "on business day Z 3");

            host.succeed("drill", about(host.backup()));
            assertThat(reason(host)).isEqualTo("SAFE");
            assertThat(databases(data)).hasSize(1);
            assertThat(host.stop()).isZero();
        }
        sayItInTheShell(data, incomplete);
    }

    private String passesWhileTheTillSells(Path data) throws Exception {
        try (DemoHost host = DemoHost.start(data, "--receipts", Integer.toString(RECEIPTS))) {
            String id = host.backup();
            host.succeed("send", about(id));
            host.book(false);
            assertThat(host.state().getAsJsonObject("drills").has("newest")).isFalse();
            assertThat(host.state().getAsJsonObject("drills").has("next")).isTrue();

            SalesWatch sales = SalesWatch.on(host);
            JsonObject run = host.succeed("drill", about(id));
            SalesWatch.Seen seen = sales.end();

            System.out.printf(
                    "drill of %,d receipts: %d sold meanwhile, longest gap %d ms%n",
                    RECEIPTS, seen.sold(), seen.longestGap().toMillis());
            assertThat(seen.sold()).isPositive();
            assertThat(run.get("proven").toString()).contains("READ_BACK", "CONTENTS_EQUAL", "BOOKS_CHECKED");
            assertThat(host.state().get("level").getAsString()).isEqualTo("SAFE");
            JsonObject newest = host.state().getAsJsonObject("drills").getAsJsonObject("newest");
            assertThat(newest.get("backup").getAsString()).isEqualTo(id);
            assertThat(newest.has("problem")).isFalse();
            assertThat(databases(data)).hasSize(1);
            assertThat(host.stop()).isZero();
            return id;
        }
    }

    private static void fails(DemoHost host, String id, String german, String english) {
        host.succeed("verify", about(id));
        String run = host.begin("drill", about(id));
        host.end(run);

        assertThat(host.problem(run, DemoHost.GERMAN)).contains(german).contains("Bitte machen Sie jetzt");
        assertThat(host.problem(run, DemoHost.ENGLISH)).contains(english);
        assertThat(host.state().get("level").getAsString()).isEqualTo("DANGER");
        assertThat(reason(host)).isEqualTo("DRILL_FAILED");
        JsonObject newest =
                host.state(DemoHost.GERMAN).getAsJsonObject("drills").getAsJsonObject("newest");
        assertThat(newest.getAsJsonObject("problem").get("cause").getAsString()).contains(german);
    }

    private static void sayItInTheShell(Path data, String bad) throws Exception {
        DemoHost.Ended ended = DemoHost.exec(Locale.GERMAN, data, "backup:drill last; backup:status");
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("ist probeweise wiederhergestellt und gut", "Zuletzt wiederhergestellt");

        ended = DemoHost.exec(Locale.GERMAN, data, "backup:drill " + bad);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.out() + ended.err()).contains("Beleg 4711 fehlt");
    }

    @Test
    void aDrillThatIsKilledLeavesNothingBehind() throws Exception {
        Path data = directory.resolve("data");
        try (DemoHost host = DemoHost.start(data, "--receipts", Integer.toString(RECEIPTS))) {
            String id = host.backup();
            DemoHost.await("a drill with its scratch database", () -> heldUp(host, data, id) ? true : null);
            host.kill();
        }
        assertThat(databases(data)).hasSize(2);

        try (DemoHost host = DemoHost.start(data)) {
            assertThat(databases(data)).hasSize(1);
            assertThat(host.receipts()).isGreaterThanOrEqualTo(RECEIPTS);
            assertThat(host.state().getAsJsonObject("drills").has("newest"))
                    .as("a drill that was cut off has no result")
                    .isFalse();
            host.succeed("drill", "{}");
        }
    }

    /** Begins a drill, and says whether it is held up while its scratch database is there. */
    private static boolean heldUp(DemoHost host, Path data, String id) {
        host.awaitIdle();
        String run = host.begin("drill", about(id));
        return DemoHost.await("the scratch database", () -> {
            if (databases(data).size() == 1) {
                return host.run(run).has("ended") ? false : null;
            }
            if (host.pause(run) && databases(data).size() == 2) {
                return true;
            }
            host.post("/backup/api/v1/resume", "{\"id\":\"" + run + "\"}");
            return false;
        });
    }

    /** Lets the host make a backup of a manipulated database, and gives it its own one back. */
    private String manipulated(Path data, String... statements) throws Exception {
        Path till = data.resolve("till");
        Path kept = directory.resolve("kept");
        copy(till, kept);
        String password = Files.readString(till.resolve("password")).strip();
        String database = Files.readString(till.resolve("current")).split(" ", 2)[0];
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + till.resolve(database), "till", password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
            }
        }
        List<String> before = manifests(data);
        DemoHost.Ended ended = DemoHost.exec(data, "backup:create");
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        remove(till);
        Files.move(kept, till);
        return manifests(data).stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<String> manifests(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("backups"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".state.json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> databases(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("till"))) {
            return files.filter(file -> file.toString().endsWith(".mv.db")).toList();
        }
    }

    private static String reason(DemoHost host) {
        return host.state().get("reason").getAsString();
    }

    private static String about(String id) {
        return "{\"backup\":\"" + id + "\"}";
    }
}
