package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Trust;
import de.joecash.backup.remote.Trusted;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.TestCertificates;
import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates of a real server are trusted; to others nothing is told. */
class CertificatesTest {
    private static final String ID = "data-centre";

    @TempDir
    private static Path certificates;

    @TempDir
    private Path directory;

    private TestCertificates made;
    private Vsftpd server;

    @BeforeEach
    void make() {
        made = new TestCertificates(certificates);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private void start(TestCertificates.Identity identity, String... more) throws IOException, InterruptedException {
        server = new Vsftpd(
                directory,
                Stream.concat(Vsftpd.tls(identity).stream(), List.of(more).stream())
                        .toList());
        server.start();
    }

    private void connect(Protection protection) throws BackupException {
        FtpProvider provider = FtpContract.provider(
                "127.0.0.1", server.port(), FtpContract.PASSWORD, protection, Verify.FULL, Await.PATIENCE);
        try {
            provider.connect("tills", List.of(), new Cancellation()).close();
        } finally {
            provider.stop();
        }
    }

    private Problem refused(Protection protection) throws IOException {
        try {
            connect(protection);
        } catch (BackupException e) {
            assertThat(server.log()).noneMatch(line -> line.contains("LOGIN"));
            return e.problem();
        }
        throw new AssertionError("It was trusted");
    }

    private Protection pinned(String... pins) throws IOException {
        return new Protection(
                Protection.Tls.EXPLICIT, false, Optional.of(made.authority().certificate()), Set.of(pins));
    }

    private enum Bad {
        OTHER_NAME,
        UNKNOWN_ISSUER
    }

    @ParameterizedTest
    @EnumSource
    void refusesAndSaysWhy(Bad bad) throws Exception {
        start(
                switch (bad) {
                    case OTHER_NAME -> made.otherName();
                    case UNKNOWN_ISSUER -> made.unknownIssuer();
                });

        assertThat(refused(pinned()))
                .isEqualTo(new Problem.CertificateRefused(
                        ID, bad.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** A till whose clock is wrong sees just that; it waits until somebody has set it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsForTheClockWhereACertificateIsNotOfThisTime(boolean expired) throws Exception {
        start(expired ? made.expired() : made.notYetValid());

        assertThat(refused(pinned()))
                .isEqualTo(new Problem.ClockDoubtful(ID, expired ? "certificate-expired" : "certificate-not-yet-valid"))
                .matches(Problem::passing);
    }

    @ParameterizedTest
    @CsvSource({
        "certificate-expired,clock its certificate has expired,Uhr dieses Servers ist sein Zertifikat abgelaufen",
        "certificate-not-yet-valid,clock its certificate is not valid yet,gilt sein Zertifikat noch nicht",
        "request-skewed,this server's clock is wrong,die Uhr dieses Servers falsch geht"
    })
    void namesTheClock(String reason, String english, String german) {
        Problem problem = new Problem.ClockDoubtful(ID, reason);

        assertThat(problem.cause(Locale.ENGLISH)).contains(english);
        assertThat(problem.cause(Locale.GERMAN)).contains(german);
        assertThat(problem.nextStep(Locale.ENGLISH)).contains("date and time of this server");
        assertThat(problem.nextStep(Locale.GERMAN)).contains("Datum und Uhrzeit dieses Servers");
    }

    @ParameterizedTest
    @CsvSource({
        "other-name,another server name,anderen Servernamen",
        "unknown-issuer,who issued it,Aussteller",
        "not-pinned,laid down,festgelegten"
    })
    void hasPlainWords(String reason, String english, String german) {
        Problem problem = new Problem.CertificateRefused(ID, reason);

        assertThat(problem.cause(Locale.ENGLISH)).contains(english);
        assertThat(problem.cause(Locale.GERMAN)).contains(german);
    }

    @Test
    void trustsNobodyWhomTheSystemDoesNotUnlessTold() throws Exception {
        start(made.good());

        assertThat(refused(new Protection(Protection.Tls.EXPLICIT, false, Optional.empty(), Set.of())))
                .isEqualTo(new Problem.CertificateRefused(ID, "unknown-issuer"));
    }

    @Test
    void takesThePinOfTheServersKeyAndOfItsAuthoritys() throws Exception {
        start(made.good());

        assertThatCode(() -> connect(pinned(made.good().pin()))).doesNotThrowAnyException();
        assertThatCode(() ->
                        connect(pinned(made.expired().pin(), made.authority().pin())))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesKeysThatAreNotPinned() throws Exception {
        start(made.good());

        assertThat(refused(pinned(made.otherName().pin()))).isEqualTo(new Problem.CertificateRefused(ID, "not-pinned"));
    }

    @Test
    void speaksTlsFromTheBeginningWhereToldTo() throws Exception {
        start(made.good(), "implicit_ssl=YES");

        assertThatCode(() -> connect(new Protection(
                        Protection.Tls.IMPLICIT,
                        false,
                        Optional.of(made.authority().certificate()),
                        Set.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void leavesTheVirtualMachinesSettingsAsTheyWere() throws Exception {
        start(made.good());
        String name = "jdk.tls.client.enableSessionTicketExtension";
        assertThat(System.getProperty(name)).isNull();

        connect(pinned());

        assertThat(System.getProperty(name)).isNull();
    }

    @Test
    void asksForAFileWithCertificates() throws Exception {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Trust.of(new Trusted(Optional.of(directory.resolve("missing.pem")), Set.of())))
                .withMessageContaining("missing.pem");
    }
}
