package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Secret;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FtpSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ftp.example.com", "192.0.2.1", "2001:db8::1", "fe80::1%eth0", "localhost"})
    void takesNamesAndAddresses(String host) {
        assertThatCode(() -> settings("data-centre", host, 21, "till", "secret", 60))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '',          localhost,   21,    till,       secret,     60,  id
                    Data Centre, localhost,   21,    till,       secret,     60,  id
                    medium,      localhost,   21,    till,       secret,     60,  id
                    data-centre, '',          21,    till,       secret,     60,  host
                    data-centre, ftp://x,     21,    till,       secret,     60,  host
                    data-centre, a b,         21,    till,       secret,     60,  host
                    data-centre, localhost,   0,     till,       secret,     60,  port
                    data-centre, localhost,   65536, till,       secret,     60,  port
                    data-centre, localhost,   21,    ' ',        secret,     60,  user
                    data-centre, localhost,   21,    'a\rDELE b', secret,    60,  user
                    data-centre, localhost,   21,    till,       '',         60,  password
                    data-centre, localhost,   21,    till,       'a\rDELE b', 60, password
                    data-centre, localhost,   21,    till,       secret,     0,   dataTimeoutSeconds
                    data-centre, localhost,   21,    till,       secret,     601, dataTimeoutSeconds
                    """)
    void namesWhatIsWrong(String id, String host, int port, String user, String password, int seconds, String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(id, host, port, user, password, seconds))
                .withMessageContaining(word)
                .withMessageNotContaining("secret");
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(settings("data-centre", "localhost", 21, "till", "secret", 60)
                        .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    EXPLICIT, ftp.example.com, 'ftp://ftp.example.com:21, TLS'
                    IMPLICIT, ftp.example.com, ftps://ftp.example.com:21
                    OFF,      2001:db8::1,     ftp://[2001:db8::1]:21
                    """)
    void tellsWhereItIsWithoutUserAndPassword(Protection.Tls tls, String host, String address) {
        FtpSettings settings = new FtpSettings(
                "data-centre",
                new Server(host, 21, "till7"),
                new Secret("secret"),
                new Protection(tls, true, Optional.empty(), Set.of()),
                Verify.FULL,
                Patience.of(20, 60));

        assertThat(new FtpProvider(settings).address()).isEqualTo(address);
    }

    private static FtpSettings settings(
            String id, String host, int port, String user, String password, int dataTimeoutSeconds) {
        return new FtpSettings(
                id,
                new Server(host, port, user),
                new Secret(password),
                FtpContract.CLEAR,
                Verify.FULL,
                Patience.of(20, dataTimeoutSeconds));
    }
}
