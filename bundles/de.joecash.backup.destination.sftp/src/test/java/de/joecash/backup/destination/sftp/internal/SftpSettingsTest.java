package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SftpSettingsTest {
    private record Configured(
            String id,
            String host,
            int port,
            String user,
            String _password,
            String keyFile,
            String _passphrase,
            int connectTimeoutSeconds,
            int dataTimeoutSeconds,
            String verify)
            implements SftpConfiguration {
        @Override
        public String[] hostKeys() {
            return new String[0];
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return SftpConfiguration.class;
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '',          localhost, 22,    till,     secret, '',        60,  full,   id
                    medium,      localhost, 22,    till,     secret, '',        60,  full,   id
                    data-centre, sftp://x,  22,    till,     secret, '',        60,  full,   host
                    data-centre, localhost, 0,     till,     secret, '',        60,  full,   port
                    data-centre, localhost, 22,    'a\rb',   secret, '',        60,  full,   user
                    data-centre, localhost, 22,    till,     '',     '',        60,  full,   password
                    data-centre, localhost, 22,    till,     secret, /keys/id,  60,  full,   keyFile
                    data-centre, localhost, 22,    till,     '',     keys/id,   60,  full,   keyFile
                    data-centre, localhost, 22,    till,     '',     '/nul\0',  60,  full,   keyFile
                    data-centre, localhost, 22,    till,     secret, '',        0,   full,   dataTimeoutSeconds
                    data-centre, localhost, 22,    till,     secret, '',        60,  half,   verify
                    """)
    void namesWhatIsWrong(
            String id,
            String host,
            int port,
            String user,
            String password,
            String keyFile,
            int seconds,
            String verify,
            String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SftpSettings.of(
                        new Configured(id, host, port, user, password, keyFile, "", 20, seconds, verify)))
                .withMessageContaining(word)
                .withMessageNotContaining("secret");
    }

    @Test
    void doesNotShowPasswordAndPassphrase() {
        assertThat(SftpSettings.of(configured("secret", "", null)).toString()).doesNotContain("secret");
        assertThat(SftpSettings.of(configured(null, "/keys/id", "secret")).toString())
                .contains("/keys/id")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"backup.example.com, sftp://backup.example.com:22", "2001:db8::1, sftp://[2001:db8::1]:22"})
    void tellsWhereItIsWithoutUserAndPassword(String host, String address) {
        SftpSettings settings =
                SftpSettings.of(new Configured("data-centre", host, 22, "till7", "secret", "", "", 20, 60, "full"));

        assertThat(new SftpProvider(settings).address()).isEqualTo(address);
    }

    private static SftpConfiguration configured(String password, String keyFile, String passphrase) {
        return new Configured("data-centre", "localhost", 22, "till", password, keyFile, passphrase, 20, 60, "full");
    }
}
