package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.backup.testkit.TestCertificates;
import de.joecash.backup.testkit.Vsftpd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet of tills that one bundle without code sets up, by the words of the integrator's guide: what differs from till
 * to till comes from the host, and the password from a file of the till's own.
 */
class FleetIT {
    private static final Path SHIPPED = Path.of("../features/de.joecash.backup.features/target/shipped/fileinstall");
    private static final Path PROVISIONING = Path.of("target/hosts/provisioning");
    private static final String RECIPIENT = "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef";
    private static final String PLACE = "{\"destination\":\"data-centre\",\"directory\":\"\"}";

    @TempDir
    private Path directory;

    @Test
    void isSetUpByABundleAndTheSecretsOfATillStayItsOwn() throws Exception {
        // vsftpd's own user has to reach its home.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        TestCertificates certificates = new TestCertificates(Files.createDirectory(directory.resolve("certificates")));
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("data-centre"), Vsftpd.PASSWORD);
        Path home = Files.createDirectory(directory.resolve("host"));
        try (Vsftpd server =
                new Vsftpd(Files.createDirectory(directory.resolve("data-centre")), Vsftpd.tls(certificates.good()))) {
            server.start();
            List<String> properties = List.of(
                    "org.apache.felix.configadmin.plugin.interpolation.secretsdir = " + secrets,
                    "pos.backups = " + home.resolve("backups"),
                    "pos.data-centre = 127.0.0.1",
                    "pos.data-centre.port = " + server.port(),
                    "pos.data-centre.user = " + Vsftpd.USER,
                    "pos.certificates = " + certificates.authority().certificate(),
                    "pos.recipient = " + RECIPIENT);
            try (FelixHost felix =
                    FelixHost.start(home, Path.of(System.getProperty("java.home")), more(), properties)) {
                felix.drop(SHIPPED);
                DemoHost host = felix.pages();
                DemoHost.await("a host that can make backups", () -> ready(host) ? true : null);

                host.firstBackup();
                JsonObject tried = host.post("/backup/api/v1/try", PLACE).body().getAsJsonObject();

                assertThat(tried.has("problem")).as("%s", tried).isFalse();
                assertNowhere(home, Vsftpd.PASSWORD);
            }
        }
    }

    private List<Path> more() throws Exception {
        try (Stream<Path> provisioning = Files.list(PROVISIONING)) {
            return Stream.concat(
                            provisioning,
                            Stream.of(HostBundle.exampleFleet(Files.createDirectory(directory.resolve("made")))))
                    .toList();
        }
    }

    private static boolean ready(DemoHost host) {
        return host.status("/backup/") == 200 && !host.state().has("obstacle");
    }

    /** Neither what Config Admin keeps nor any log has it. */
    private static void assertNowhere(Path home, String secret) throws Exception {
        for (Path file : LiveFiles.below(home)) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain(secret);
        }
    }
}
