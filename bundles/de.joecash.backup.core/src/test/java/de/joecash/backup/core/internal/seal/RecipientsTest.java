package de.joecash.backup.core.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.bech32.Bech32;
import de.joecash.backup.spi.Secret;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private final Secret identity = Sealed.newIdentity();
    private final String recipient = Sealed.opener(identity).recipient();

    @Test
    void eachIsKeptOnceAndInOrder() {
        String other = Sealed.opener(Sealed.newIdentity()).recipient();

        assertThat(Recipients.of(List.of(" " + recipient + " ", "", other, recipient))
                        .values())
                .containsExactly(recipient, other);
        assertThat(new Recipients(List.of(other))
                        .and(new Recipients(List.of(recipient, other)))
                        .values())
                .containsExactly(other, recipient);
    }

    @Test
    void aWrongOneIsRefusedByItsNumberAndWhatItIs() {
        assertThatThrownBy(() -> new Recipients(List.of(recipient, recipient.substring(0, 40))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Recipient 2")
                .hasMessageContaining(recipient.substring(0, 16));
        for (String wrong : List.of(
                "age1",
                recipient.toUpperCase(Locale.ROOT),
                recipient + "q",
                "ssh-ed25519 AAAA",
                "age1yubikey1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
                recipient.replaceFirst("1.", recipient.charAt(4) == 'q' ? "1p" : "1q"))) {
            assertThatThrownBy(() -> new Recipients(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPointThatEveryoneAgreesOnIsRefused() {
        String zero = Bech32.getEncoder().encode("age", new byte[32]).toString();

        assertThatThrownBy(() -> new Recipients(List.of(zero))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrivateKeyInItsPlaceIsRefusedAndNotRepeated() {
        for (String secret :
                List.of(identity.use(String::new), identity.use(String::new).toLowerCase(Locale.ROOT))) {
            assertThatThrownBy(() -> new Recipients(List.of(secret)))
                    .hasMessageContaining("private key")
                    .hasMessageNotContaining(secret.substring(16, 24));
        }
    }

    @Test
    void moreThanAnybodyHasAreRefused() {
        List<String> many = IntStream.range(0, 21)
                .mapToObj(i -> Sealed.opener(Sealed.newIdentity()).recipient())
                .toList();

        assertThatThrownBy(() -> new Recipients(many)).hasMessageContaining("21");
        assertThat(new Recipients(many.subList(0, 20)).values()).hasSize(20);
    }
}
