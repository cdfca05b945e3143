package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OpenerTest {
    private final Secret identity = Sealed.newIdentity();
    private final String text = identity.use(String::new);
    private final String recipient = Sealed.opener(identity).recipient();

    @Test
    void aKeyIsTakenHoweverItWasTyped() {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < text.length(); i += 5) {
            grouped.append(text, i, Math.min(text.length(), i + 5)).append(i % 3 == 0 ? "\r\n" : " \u00a0 ");
        }
        for (String typed : new String[] {
            text,
            text.toLowerCase(Locale.ROOT),
            grouped.toString(),
            " " + text + "\n",
            text.replace("-", "\u2013"),
            text.replace("-", "")
        }) {
            assertThat(Opener.of(new Secret(typed)).map(Opener::recipient))
                    .as("typed")
                    .contains(recipient);
        }
    }

    @Test
    void everySingleMistypedCharacterIsNoticed() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '-') {
                String typed = text.substring(0, i) + (text.charAt(i) == 'Q' ? 'P' : 'Q') + text.substring(i + 1);
                assertThat(Opener.of(new Secret(typed))).as("at %d", i).isEmpty();
            }
        }
    }

    @Test
    void whatIsNoIdentityIsNone() {
        for (String typed : new String[] {
            "",
            "AGE-SECRET-KEY-1",
            recipient,
            text.substring(0, text.length() - 1),
            text + "Q",
            text + text,
            "\ud83d\ude00"
        }) {
            assertThat(Opener.of(new Secret(typed))).isEmpty();
        }
    }

    /** As {@code age-keygen -y} has it. */
    @Test
    void theRecipientIsTheIdentitysPublicHalf() {
        Secret known = new Secret("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0");

        assertThat(Sealed.opener(known).recipient())
                .isEqualTo("age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef");
    }

    @Test
    void nothingOfTheKeyIsInAnyTextOrException() throws IOException {
        byte[] flipped = Sealed.sealed(Sealed.bytes(100), identity);
        flipped[flipped.length - 1] ^= 1;
        StringWriter said = new StringWriter();
        for (byte[] bytes :
                new byte[][] {flipped, Sealed.sealed(Sealed.bytes(9), Sealed.newIdentity()), {1, 2, 3}, {'a', 'g', 'e'}
                }) {
            try {
                byte[] unused = Sealed.opener(identity)
                        .opening(new ByteArrayInputStream(bytes))
                        .readAllBytes();
            } catch (IOException e) {
                e.printStackTrace(new PrintWriter(said, true));
            }
        }
        said.append(Sealed.opener(identity).toString())
                .append(identity.toString())
                .append(String.valueOf(Opener.of(identity)));

        assertThat(said.toString()).contains("SealException").doesNotContainIgnoringCase(text.substring(16, 30));
    }
}
