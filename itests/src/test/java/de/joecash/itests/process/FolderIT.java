package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plain Felix with the integrator's guide's own host, and the folder that is shipped for FileInstall: a backup is made
 * and proven, and with the files everything goes that came with them.
 */
class FolderIT {
    private static final Path SHIPPED = Path.of("../features/de.joecash.backup.features/target/shipped/fileinstall");
    private static final Path JAVAS = Path.of("/usr/lib/jvm");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("javas")
    void backsUpWhatIsDroppedIntoAndLeavesTheHostAsItWas(Path java) throws Exception {
        long begun = System.nanoTime();
        try (FelixHost felix = FelixHost.start(directory, java)) {
            Set<String> before = felix.bundles();
            assertThat(felix.pages().status("/backup/")).isEqualTo(404);

            felix.configure();
            int more = felix.drop(SHIPPED);
            DemoHost.await(
                    "all bundles",
                    () -> (felix.bundles().size() == before.size() + more && felix.isUp()) ? true : null);
            DemoHost host = felix.pages();
            DemoHost.await("a host that can make backups", () -> ready(host) ? true : null);
            String id = host.backup();
            host.succeed("verify", "{\"backup\":\"" + id + "\"}");
            assertThat(receiptsIn(host.backups().resolve(id + ".sql.gz"))).isEqualTo(100);
            assertThat(felix.bundles()).containsAll(before);
            assertThat(felix.isUp())
                    .as("every bundle runs: %s", felix.bundles())
                    .isTrue();

            felix.clear();
            DemoHost.await("the host as it was", () -> felix.bundles().equals(before) ? true : null);
            assertThat(host.status("/backup/")).isEqualTo(404);
            felix.stop();
            assertThat(felix.said()).doesNotContain("ERROR", "Exception");
            System.out.printf(
                    "FileInstall on %s: %d ms%n", java.getFileName(), (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private static boolean ready(DemoHost host) {
        return host.status("/backup/") == 200 && !host.state().has("obstacle");
    }

    /** As H2 alone reads it, from what gunzip gives. */
    private long receiptsIn(Path archive) throws Exception {
        Path script = directory.resolve("dump.sql");
        try (InputStream content = new GZIPInputStream(Files.newInputStream(archive))) {
            Files.copy(content, script);
        }
        JdbcDataSource fresh = new JdbcDataSource();
        fresh.setURL("jdbc:h2:mem:restored;DB_CLOSE_DELAY=-1");
        RunScript.execute(fresh.getURL(), "", "", script.toString(), StandardCharsets.UTF_8, false);
        try (Connection connection = fresh.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM RECEIPT")) {
            rows.next();
            long receipts = rows.getLong(1);
            connection.createStatement().execute("SHUTDOWN");
            return receipts;
        }
    }

    /** The Java that runs this test, and a newer one where the machine has it: Debian's packages do not. */
    private static List<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        try (Stream<Path> installed = Files.exists(JAVAS) ? Files.list(JAVAS) : Stream.empty()) {
            return Stream.concat(Stream.of(own), installed.filter(FolderIT::isNewer))
                    .toList();
        }
    }

    private static boolean isNewer(Path java) {
        Path release = java.resolve("release");
        try {
            return Files.exists(release) && Files.readString(release).contains("JAVA_VERSION=\"25.");
        } catch (IOException e) {
            return false;
        }
    }
}
