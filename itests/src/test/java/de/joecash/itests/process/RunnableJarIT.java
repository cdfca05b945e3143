package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runnable jar as its users meet it. */
class RunnableJarIT {
    /** A busy machine may take longer than the five seconds that an idle one must keep to. */
    private static final Duration START = Duration.ofMinutes(2);

    /** The exit code tells whether it kept to its own limit. */
    private static final Duration STOP = Duration.ofMinutes(1);

    private static final Duration EXEC = Duration.ofMinutes(3);

    @Test
    void backOfficeAnswersAndStopsOnSigterm() throws Exception {
        Path data = TillProcess.freshData("answers");
        try (TillProcess till = TillProcess.start("--data", data.toString(), "--port", "0", "--receipts", "200")) {
            URI address = till.backOffice(START);

            assertThat(status(address)).isLessThan(400);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            till.terminate();
            assertThat(till.exitCode(STOP)).isZero();
            assertThat(till.err()).isEmpty();
        }
    }

    @Test
    void dataDirectoryInUseIsRefused() throws Exception {
        String data = TillProcess.freshData("in-use").toString();
        try (TillProcess till = TillProcess.start("--data", data, "--port", "0", "--receipts", "200")) {
            till.backOffice(START);
            try (TillProcess second = TillProcess.start("--data", data, "--exec", "lb")) {
                assertThat(second.exitCode(START)).isEqualTo(1);
                assertThat(second.err())
                        .isEqualToIgnoringNewLines("The data directory " + data
                                + " is in use by another process. Stop that one, or choose another directory with"
                                + " --data.");
                assertThat(second.out()).isEmpty();
            }
        }
    }

    @Test
    void takenPortIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                TillProcess till = TillProcess.start(
                        "--data",
                        TillProcess.freshData("port").toString(),
                        "--port",
                        Integer.toString(taken.getLocalPort()))) {
            assertThat(till.exitCode(START)).isEqualTo(1);
            assertThat(till.err()).startsWith("Port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used: ");
        }
    }

    @Test
    void scriptRunsOnceEverythingIsUpAndItsResultIsTheExitCode() throws Exception {
        String data = TillProcess.freshData("script").toString();
        try (TillProcess till = TillProcess.start(
                "--data", data, "--receipts", "200", "--exec", "backup:create; backup:list\npos:sales")) {
            assertThat(till.exitCode(EXEC)).as(till.err()).isZero();
            assertThat(till.out()).contains("-000001").contains("Receipts").contains("Last number");
            assertThat(till.err()).isEmpty();
        }
    }

    @Test
    void firstFailureEndsTheScriptInOneLine() throws Exception {
        String data = TillProcess.freshData("failure").toString();
        try (TillProcess till = TillProcess.start(
                "--data",
                data,
                "--receipts",
                "200",
                "--exec",
                "lb -s backup.shell; backup:verify 4711; lb -s backup.web")) {
            assertThat(till.exitCode(EXEC)).isEqualTo(1);
            assertThat(till.out()).contains("de.joecash.backup.shell").doesNotContain("de.joecash.backup.web");
            assertThat(till.err().lines()).hasSize(1);
            assertThat(till.err()).contains("4711");
        }
    }

    @Test
    void whatAnAdministratorStoppedStaysStopped() throws Exception {
        String data = TillProcess.freshData("stopped").toString();
        String id = web(exec(data, "lb -s backup.web"), "Active");

        exec(data, "stop " + id);

        assertThat(web(exec(data, "lb -s backup.web"), "(?:Installed|Resolved)"))
                .isEqualTo(id);
    }

    @Test
    void whatAnAdministratorUpdatedStaysUpdated() throws Exception {
        Path data = TillProcess.freshData("updated");
        String id = web(exec(data.toString(), "lb -s backup.web"), "Active");
        Path newer = webOfVersion("99.0.0", data.resolveSibling("newer.jar"));

        exec(data.toString(), "felix:update " + id + " " + newer.toUri());

        String table = exec(data.toString(), "lb -s backup.web");
        assertThat(web(table, "Active")).isEqualTo(id);
        assertThat(table).contains("99.0.0");
    }

    private static Path webOfVersion(String version, Path copy) throws IOException {
        try (Stream<Path> bundles = Files.list(Path.of("target", "bundles"))) {
            Path shipped = bundles.filter(file -> file.toString().contains("de.joecash.backup.web"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile original = new JarFile(shipped.toFile())) {
                Manifest manifest = original.getManifest();
                manifest.getMainAttributes().putValue("Bundle-Version", version);
                try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                    for (JarEntry entry : original.stream().toList()) {
                        if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                            out.putNextEntry(new JarEntry(entry.getName()));
                            original.getInputStream(entry).transferTo(out);
                        }
                    }
                }
            }
        }
        return copy;
    }

    private static String exec(String data, String script) throws InterruptedException {
        try (TillProcess till = TillProcess.start("--data", data, "--receipts", "200", "--exec", script)) {
            assertThat(till.exitCode(EXEC)).as(till.err()).isZero();
            return till.out();
        }
    }

    /** The bundle's id in Gogo's table, where the bundle has this state. */
    private static String web(String table, String state) {
        Matcher line = Pattern.compile("(\\d+)\\|" + state + "\\s*\\|.*de\\.joecash\\.backup\\.web")
                .matcher(table);
        assertThat(line.find()).as(table).isTrue();
        return line.group(1);
    }

    @Test
    void misunderstoodCommandLineExitsWithTwo() throws Exception {
        try (TillProcess till = TillProcess.start("--prot", "8080")) {
            assertThat(till.exitCode(START)).isEqualTo(2);
            assertThat(till.err()).startsWith("Unknown option: --prot.");
        }
    }

    private static int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        return connection.getResponseCode();
    }
}
