package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the right server is spoken to. */
class CertificatesTest {
    private static final String ADDRESS = "ip:127.0.0.1";

    @TempDir
    private static Path directory;

    private static Authority authority;

    private S3ProxyServer server;

    @BeforeAll
    static void found() throws Exception {
        authority = new Authority(directory);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    private TestBucket serving(String name, String subject, int age, int days) throws Exception {
        server = new S3ProxyServer(authority.server(name, subject, age, days));
        return TestBucket.at(URI.create("https://127.0.0.1:" + server.port()));
    }

    @Test
    void aVendorsIssuerIsBelievedBesideTheSystems() throws Exception {
        TestBucket bucket = serving("right", ADDRESS, 1, 10).trusting(authority.certificate());
        bucket.create();
        try (Destination destination = bucket.provider().connect("kasse1", List.of(), new Cancellation())) {
            assertThat(destination.capabilities().confidential()).isTrue();
            byte[] bytes = new byte[12_000_000];
            destination.put("a.gz", new BytesContent(bytes), count -> {});
            assertThat(destination.open("a.gz", 11_000_000).readAllBytes()).hasSize(1_000_000);
        }
    }

    @Test
    void anUnknownIssuerIsRefused() throws Exception {
        assertThat(refusal(serving("unknown", ADDRESS, 1, 10))).isEqualTo("unknown-issuer");
    }

    @Test
    void aCertificateThatIsNotOfThisTimeWaitsForTheClock() throws Exception {
        assertThat(problem(serving("expired", ADDRESS, 10, 5).trusting(authority.certificate())))
                .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "certificate-expired"))
                .matches(Problem::passing);
        server.stop();
        assertThat(problem(serving("future", ADDRESS, -1, 5).trusting(authority.certificate())))
                .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "certificate-not-yet-valid"))
                .matches(Problem::passing);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        assertThat(refusal(serving("other", "dns:store.example.com", 1, 10).trusting(authority.certificate())))
                .isEqualTo("other-name");
    }

    @Test
    void aPinnedKeyIsBelievedAndAnyOtherRefused() throws Exception {
        TestBucket bucket = serving("pinned", ADDRESS, 1, 10);
        TestBucket issuers = bucket.trusting(authority.certificate(), authority.pin("issuer", "issuer"));
        issuers.create();
        issuers.provider().connect("", List.of(), new Cancellation()).close();
        bucket.trusting(authority.certificate(), authority.pin("pinned", "server"))
                .provider()
                .connect("", List.of(), new Cancellation())
                .close();

        String another = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertThat(refusal(bucket.trusting(authority.certificate(), another))).isEqualTo("not-pinned");
        assertThat(refusal(bucket.trusting(null, authority.pin("pinned", "server"))))
                .as("a pin alone makes no trust")
                .isEqualTo("unknown-issuer");
    }

    @Test
    void aFileOfIssuersThatIsMissingIsNamed() throws Exception {
        TestBucket bucket = serving("missing", ADDRESS, 1, 10).trusting(directory.resolve("nothing.pem"));
        assertThat(refusal(bucket)).contains("certificates cannot be read");
    }

    private static String refusal(TestBucket bucket) {
        Problem problem = problem(bucket);
        assertThat(problem).isInstanceOf(Problem.CertificateRefused.class);
        return ((Problem.CertificateRefused) problem).detail();
    }

    private static Problem problem(TestBucket bucket) {
        return catchThrowableOfType(
                        BackupException.class, () -> bucket.provider().connect("", List.of(), new Cancellation()))
                .problem();
    }
}
