package de.joecash.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsTest {
    @TempDir
    private static Path directory;

    private final TestCertificates made = new TestCertificates(directory);

    private static X509Certificate[] chain(TestCertificates.Identity identity) throws IOException {
        try (InputStream in = Files.newInputStream(identity.certificate())) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    @Test
    void takeAnyServerWhereThereAreNone() throws Exception {
        assertThat(new Pins(Set.of(), List.of()).hold(chain(made.good()))).isTrue();
    }

    @Test
    void holdWhatAPinnedKeySignedWhetherTheServerSendsItOrNot() throws Exception {
        X509Certificate[] chain = chain(made.good());
        Set<String> pins = Set.of(made.authority().pin());

        assertThat(new Pins(pins, List.of()).hold(chain)).isTrue();
        assertThat(new Pins(pins, List.of(chain[1])).hold(new X509Certificate[] {chain[0]}))
                .isTrue();
        assertThat(new Pins(pins, List.of()).hold(new X509Certificate[] {chain[0]}))
                .isFalse();
    }

    @Test
    void doNotHoldWhatAPinnedCertificateWasOnlySentAlongWith() throws Exception {
        X509Certificate[] foreign = chain(made.unknownIssuer());
        X509Certificate[] sentAlong = {foreign[0], foreign[1], chain(made.authority())[0]};

        assertThat(new Pins(Set.of(made.authority().pin()), List.of()).hold(sentAlong))
                .isFalse();
    }
}
