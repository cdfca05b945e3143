package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.TestCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the right server is spoken to. */
class CertificatesTest {
    @TempDir
    private static Path directory;

    private static TestCertificates made;

    /** Has a good certificate, by an issuer whom the system does not know. */
    private static S3ProxyServer server;

    @BeforeAll
    static void start() throws Exception {
        made = new TestCertificates(directory);
        server = new S3ProxyServer(made.good());
        issuerTrusted().create();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    private static TestBucket at(S3ProxyServer server) {
        return TestBucket.at(URI.create("https://127.0.0.1:" + server.port()));
    }

    private static TestBucket issuerTrusted(String... pins) throws Exception {
        return at(server).trusting(made.authority().certificate(), pins);
    }

    @Test
    void aVendorsIssuerIsBelievedBesideTheSystems() throws Exception {
        try (Destination destination = issuerTrusted().provider().connect("kasse1", List.of(), new Cancellation())) {
            assertThat(destination.capabilities().confidential()).isTrue();
            byte[] bytes = new byte[12_000_000];
            destination.put("a.gz", new BytesContent(bytes), count -> {});
            assertThat(destination.open("a.gz", 11_000_000).readAllBytes()).hasSize(1_000_000);
        }
    }

    @Test
    void anUnknownIssuerIsRefused() {
        assertThat(refusal(problem(at(server)))).isEqualTo("unknown-issuer");
    }

    @Test
    void aCertificateThatIsNotOfThisTimeWaitsForTheClock() throws Exception {
        assertThat(problemOf(made.expired()))
                .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "certificate-expired"))
                .matches(Problem::passing);
        assertThat(problemOf(made.notYetValid()))
                .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "certificate-not-yet-valid"))
                .matches(Problem::passing);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        assertThat(refusal(problemOf(made.otherName()))).isEqualTo("other-name");
    }

    @Test
    void aPinnedKeyIsBelievedAndAnyOtherRefused() throws Exception {
        for (String pin : List.of(made.authority().pin(), made.good().pin())) {
            issuerTrusted(pin)
                    .provider()
                    .connect("", List.of(), new Cancellation())
                    .close();
        }

        String another = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertThat(refusal(problem(issuerTrusted(another)))).isEqualTo("not-pinned");
        assertThat(refusal(problem(at(server).trusting(null, made.good().pin()))))
                .as("a pin alone makes no trust")
                .isEqualTo("unknown-issuer");
    }

    @Test
    void aFileOfIssuersThatIsMissingIsNamed() {
        TestBucket bucket = at(server).trusting(directory.resolve("nothing.pem"));
        assertThat(refusal(problem(bucket))).contains("certificates cannot be read");
    }

    /** Of a server with that certificate, whose issuer is trusted. */
    private static Problem problemOf(TestCertificates.Identity identity) throws Exception {
        S3ProxyServer other = new S3ProxyServer(identity);
        try {
            return problem(at(other).trusting(made.authority().certificate()));
        } finally {
            other.stop();
        }
    }

    private static String refusal(Problem problem) {
        assertThat(problem).isInstanceOf(Problem.CertificateRefused.class);
        return ((Problem.CertificateRefused) problem).detail();
    }

    private static Problem problem(TestBucket bucket) {
        return catchThrowableOfType(
                        BackupException.class, () -> bucket.provider().connect("", List.of(), new Cancellation()))
                .problem();
    }
}
