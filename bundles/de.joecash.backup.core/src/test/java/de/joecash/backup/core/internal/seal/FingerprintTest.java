package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final PublicKey KNOWN = TillKey.publicKey(
                    Base64.getDecoder().decode("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="))
            .orElseThrow();

    /** Any change here makes every fingerprint on paper wrong. RFC 8032, section 7.1, TEST 1. */
    @Test
    void staysWhatItIsForEver() {
        assertThat(Fingerprint.of(KNOWN).value()).isEqualTo("2VKZ-V5YU-78XQ-3CUT-CPYY-E9QV");
    }

    @Test
    void isReadHoweverItWasTyped() {
        Fingerprint known = Fingerprint.of(KNOWN);

        assertThat(Fingerprint.typed(
                        " " + known.value().toLowerCase(Locale.ROOT).replace('-', ' ') + "\n"))
                .contains(known);
        assertThat(Fingerprint.typed(known.value().replace("-", ""))).contains(known);
    }

    @Test
    void aPartOrAnotherAlphabetIsNone() {
        String known = Fingerprint.of(KNOWN).value();
        for (String typed : new String[] {
            "", known.substring(0, 24), known + "A", known + "-ABCD", "0" + known.substring(1), "I" + known.substring(1)
        }) {
            assertThat(Fingerprint.typed(typed)).as(typed).isEmpty();
        }
    }

    @Test
    void noTwoKeysHaveOne() throws GeneralSecurityException {
        Set<Fingerprint> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Fingerprint one = Fingerprint.of(
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
            assertThat(one.value()).matches("([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}");
            assertThat(seen.add(one)).isTrue();
        }
    }
}
