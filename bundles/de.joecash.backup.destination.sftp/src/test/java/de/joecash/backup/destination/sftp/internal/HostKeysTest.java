package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeysTest {
    /** Made by {@code ssh-keygen -t ed25519}, its fingerprint printed by {@code ssh-keygen -l}. */
    private static final String BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIDNghMSJrasoTXqI9ahx2y7MxRtTNk0o8B4fcRfgy+mk";

    private static final String FINGERPRINT = "SHA256:4ZKCDHcDY+Hvx3sMshaVnKFiIVUA6koAUsqAhd8SmMQ";

    @Test
    void knowsAKeyByItsFingerprintAndByItself() throws Exception {
        HostKeys.of(List.of(FINGERPRINT)).check("nas", Base64.getDecoder().decode(BLOB));
        HostKeys whole = HostKeys.of(List.of("", " ssh-ed25519 " + BLOB + " root@nas "));
        whole.check("nas", Base64.getDecoder().decode(BLOB));

        assertThat(whole).isEqualTo(new HostKeys(Set.of(FINGERPRINT), Set.of("ssh-ed25519")));
    }

    @Test
    void tellsAKeyThatIsUnknownFromOneThatHasChanged() {
        byte[] blob = Base64.getDecoder().decode(BLOB);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> HostKeys.of(List.of()).check("nas", blob))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.HostKeyUnknown("nas", FINGERPRINT)));
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(
                        () -> HostKeys.of(List.of("SHA256:" + "A".repeat(43))).check("nas", blob))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.HostKeyChanged("nas", FINGERPRINT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA256:short",
                "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
                "ssh-ed25519",
                "ssh-ed25519 A",
                "ssh-ed25519 AAAA",
                "AAAAC3NzaC1lZDI1NTE5",
                "nas ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"
            })
    void takesNothingElseForAKey(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostKeys.of(List.of(text)))
                .withMessageContaining("hostKeys");
    }
}
