package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.NewerBundle;
import de.joecash.itests.SetMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} of the host in the middle of an update: the next start puts the old version back by itself. The new
 * core has a component that never comes up, so the update is in the middle for a minute, and what the core writes into
 * a backup's manifest tells which of the two it is.
 */
class UpdateCutOffIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path BUNDLES = Path.of("target", "bundles").toAbsolutePath();
    private static final String NEVER_UP =
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="waiting">
              <implementation class="no.such.Type"/>
              <reference name="something" interface="no.such.Service"/>
            </scr:component>
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"Replacing, true", "Waiting until everything runs again, false"})
    void isTakenBackAtTheNextStart(String instant, boolean prolonged) throws Exception {
        Path data = TillProcess.freshData("update-cut-off");
        Path key = SetMaker.newKey(data.resolve("demo/update.key"));
        Path set = new SetMaker(jar("update"), key, directory).set("cut", bundles());

        try (TillProcess host =
                TillProcess.start("--data", data.toString(), "--receipts", "500", "--exec", "backup:update " + set)) {
            DemoHost.await(PATIENCE, instant, () -> {
                assertThat(host.runs()).as(host.out() + host.err()).isTrue();
                return host.out().contains(instant) ? true : null;
            });
            host.kill();
            host.exitCode(PATIENCE);
        }

        if (!prolonged) {
            // What waits for +Backup from then on keeps nobody from the old version.
            Files.write(data.resolve("licences"), new byte[0]);
        }
        try (DemoHost host = DemoHost.start(data)) {
            DemoHost.await("the old version", () -> log(data).contains("cut 1.0 is not installed.") ? true : null);
            assertThat(log(data))
                    .contains("in the middle of the update", "The old version is back and runs; no data is lost.");
            long sold = host.receipts();
            String backup = host.backup();
            assertThat(Files.readString(data.resolve("backups").resolve(backup + ".json")))
                    .contains("\"productVersion\": \"0.1.0.SNAPSHOT\"");
            DemoHost.await("sales", () -> host.receipts() > sold ? true : null);
        }
        assertThat(journals(data)).isEmpty();
    }

    @Test
    void oneSetReplacesAllBundlesAndTheTillGoesOn() throws Exception {
        Path data = TillProcess.freshData("update-all");
        Path key = SetMaker.newKey(data.resolve("demo/update.key"));
        Map<String, byte[]> bundles = new LinkedHashMap<>();
        try (Stream<Path> jars = Files.list(BUNDLES)) {
            for (Path jar : jars.filter(
                            file -> file.getFileName().toString().matches("de\\.joecash\\.backup\\.(?!update).*"))
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(jar)) {
                    bundles.put(jar.getFileName().toString(), NewerBundle.of(in, "0.1.1", Map.of(), Map.of()));
                }
            }
        }
        Path set = new SetMaker(jar("update"), key, directory).set("all", bundles);

        try (TillProcess host = TillProcess.start(
                "--data",
                data.toString(),
                "--receipts",
                "500",
                "--exec",
                "backup:create; backup:update " + set + "; backup:create; backup:list; pos:sales; lb -s backup")) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isZero();
            assertThat(host.out()).contains("all 1.0 is installed and runs.", "without a gap");
            assertThat(host.out().lines().filter(line -> line.matches(".*de\\.joecash\\.backup\\.(?!update).*")))
                    .hasSize(bundles.size())
                    .allMatch(line -> line.contains("Active") && line.contains("(0.1.1)"));
        }
    }

    @Test
    void whatWasOnlyRefreshedRunsAgainAfterTheWayBack() throws Exception {
        Path data = TillProcess.freshData("update-api");
        Path key = SetMaker.newKey(data.resolve("demo/update.key"));
        Map<String, byte[]> api;
        try (InputStream in = Files.newInputStream(jar("api"))) {
            String exports = "de.joecash.backup;version=\"9.0.0\",de.joecash.backup.spi;version=\"9.0.0\"";
            api = Map.of("api", NewerBundle.with(in, "0.1.1", "Export-Package", exports));
        }
        Path set = new SetMaker(jar("update"), key, directory).set("api", api);

        try (TillProcess host =
                TillProcess.start("--data", data.toString(), "--receipts", "500", "--exec", "backup:update " + set)) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isEqualTo(1);
            assertThat(host.err())
                    .contains("it needs the package de.joecash.backup", "The old version is back and runs");
        }
    }

    private static Map<String, byte[]> bundles() throws IOException {
        Map<String, byte[]> bundles = new LinkedHashMap<>();
        try (InputStream core = Files.newInputStream(jar("core"));
                InputStream web = Files.newInputStream(jar("web"))) {
            bundles.put(
                    "core",
                    NewerBundle.of(
                            core,
                            "0.1.1",
                            Map.of("Service-Component", "OSGI-INF/waiting.xml"),
                            Map.of("OSGI-INF/waiting.xml", NEVER_UP.getBytes(StandardCharsets.UTF_8))));
            bundles.put("web", NewerBundle.of(web, "0.1.1", Map.of(), Map.of()));
        }
        return bundles;
    }

    private static Path jar(String name) {
        return BUNDLES.resolve("de.joecash.backup." + name + "-0.1.0-SNAPSHOT.jar");
    }

    private static String log(Path data) throws IOException {
        return Files.readString(data.resolve("log/joecash.log"));
    }

    private static List<Path> journals(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("framework"))) {
            return files.filter(file -> file.getFileName().toString().equals("journal.json"))
                    .toList();
        }
    }
}
