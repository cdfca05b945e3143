package de.joecash.backup.core.internal.seal;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import de.joecash.backup.spi.Secret;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * The texts of age's X25519 keys (C2SP age.md, "The X25519 recipient type"): Bech32 of 32 bytes, {@code age1…} in lower
 * case for a recipient, {@code AGE-SECRET-KEY-1…} in upper case for an identity.
 */
final class AgeKey {
    static final String RECIPIENT_PREFIX = "age";
    static final String IDENTITY_PREFIX = "AGE-SECRET-KEY-";

    /** The identity's beginning without what people leave out or set otherwise when they type. */
    private static final String IDENTITY_LETTERS = "AGESECRETKEY1";

    private static final int BYTES = 32;
    private static final int IDENTITY_CHARACTERS = 74;

    /** The curve's base point (RFC 7748, section 4.1). */
    private static final BigInteger BASE = BigInteger.valueOf(9);

    private AgeKey() {}

    /** Gives a recipient's 32 bytes, or nothing if the text is none, or one that no secret could be agreed on with. */
    static Optional<byte[]> recipientBytes(String text) {
        if (!text.startsWith(RECIPIENT_PREFIX + "1") || !text.equals(text.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return decoded(text, RECIPIENT_PREFIX).filter(AgeKey::usable);
    }

    /**
     * Gives an identity as it stands in a key file, however it was typed: case, blanks, line breaks and hyphens do not
     * matter. To be wiped by the caller.
     *
     * @return nothing if it is none, a mistyped one included: its checksum tells
     */
    static Optional<char[]> identity(char[] typed) {
        char[] letters = new char[IDENTITY_CHARACTERS];
        try {
            int length = 0;
            for (char c : typed) {
                if (Character.isLetterOrDigit(c)) {
                    if (length == letters.length) {
                        return Optional.empty();
                    }
                    letters[length++] = Character.toUpperCase(c);
                }
            }
            int prefix = IDENTITY_LETTERS.length();
            String beginning = new String(letters, 0, Math.min(length, prefix));
            if (!beginning.equals(IDENTITY_LETTERS)) {
                return Optional.empty();
            }
            char[] identity = Arrays.copyOf((IDENTITY_PREFIX + "1").toCharArray(), length + 3);
            System.arraycopy(letters, prefix, identity, IDENTITY_PREFIX.length() + 1, length - prefix);
            return decodedIdentity(identity).isPresent() ? Optional.of(identity) : Optional.empty();
        } finally {
            Arrays.fill(letters, '\0');
        }
    }

    /** Draws a new identity. */
    static Secret newIdentity() throws GeneralSecurityException {
        byte[] secret = new byte[BYTES];
        try {
            new SecureRandom().nextBytes(secret);
            return new Secret(Bech32.getEncoder().encode(IDENTITY_PREFIX, secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Optional<byte[]> decodedIdentity(char[] identity) {
        Optional<byte[]> bytes = decoded(CharBuffer.wrap(identity), IDENTITY_PREFIX);
        bytes.ifPresent(secret -> Arrays.fill(secret, (byte) 0));
        return bytes;
    }

    /** Gives the recipient that belongs to a well-formed identity. */
    static String recipientOf(char[] identity) throws GeneralSecurityException {
        byte[] secret = decoded(CharBuffer.wrap(identity), IDENTITY_PREFIX).orElseThrow();
        try {
            byte[] point = agreed(
                    KeyFactory.getInstance("X25519")
                            .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)),
                    BASE);
            return Bech32.getEncoder().encode(RECIPIENT_PREFIX, point).toString();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Optional<byte[]> decoded(CharSequence text, String prefix) {
        try {
            Bech32Address address = Bech32.getDecoder().decode(text);
            boolean ours =
                    address.getHumanReadablePart().toString().equals(prefix) && address.getData().length == BYTES;
            return ours ? Optional.of(address.getData()) : Optional.empty();
        } catch (RuntimeException e) {
            // Whatever is wrong with the text; its words may repeat it, and it may be secret.
            return Optional.empty();
        }
    }

    /** A point of small order makes every agreement zero, which the JDK refuses (RFC 7748, section 6.1). */
    private static boolean usable(byte[] point) {
        try {
            PrivateKey any =
                    KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate();
            agreed(any, littleEndian(point));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] agreed(PrivateKey mine, BigInteger theirs) throws GeneralSecurityException {
        PublicKey point = KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, theirs));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(mine);
        agreement.doPhase(point, true);
        return agreement.generateSecret();
    }

    /** RFC 7748, section 5: the highest bit is not part of the number. */
    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            reversed[i] = bytes[BYTES - 1 - i];
        }
        reversed[0] &= 0x7f;
        return new BigInteger(1, reversed);
    }
}
