package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.core.internal.seal.Fingerprint;
import de.joecash.backup.core.internal.seal.TillKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last lines of a manifest: the key that signed it (X.509 SubjectPublicKeyInfo, RFC 8410) and the signature
 * (Ed25519, RFC 8032) of every byte before the signature's own line, which is what {@code head -n -2} prints. They have
 * one form and one length, so that they are found from the end without reading what may be hostile.
 *
 * @param signer of the key
 */
public record ManifestSignature(Fingerprint signer) {
    static final String PUBLIC_KEY = "publicKey";
    static final String SIGNATURE = "signature";

    private static final int KEY_BYTES = 44;
    private static final int SIGNATURE_BYTES = 64;
    private static final String BEFORE_END = "\n}\n";
    private static final Pattern LINES = Pattern.compile(
            "\n  \"publicKey\": \"([A-Za-z0-9+/]{59}=)\",\n(  \"signature\": \"([A-Za-z0-9+/]{86}==)\"\n}\n)");

    /** How long the lines are that {@link #LINES} describes. */
    private static final int LENGTH = lines("A".repeat(60), "A".repeat(88)).length();

    /** Adds the lines to a text that ends like a JSON object. */
    static byte[] sign(byte[] unsigned, TillKey key) {
        byte[] end = BEFORE_END.getBytes(StandardCharsets.US_ASCII);
        int length = unsigned.length - end.length;
        if (!Arrays.equals(Arrays.copyOfRange(unsigned, length, unsigned.length), end)) {
            throw new IllegalArgumentException("Not the text of an object");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream(unsigned.length + LENGTH);
        text.write(unsigned, 0, length);
        text.writeBytes(ascii(",\n  \"publicKey\": \"" + base64(key.publicKey().getEncoded()) + "\",\n"));
        byte[] signature = key.sign(text.toByteArray());
        text.writeBytes(ascii("  \"signature\": \"" + base64(signature) + "\"" + BEFORE_END));
        return text.toByteArray();
    }

    /** Finds the signature; empty if there is none, or it is not by the key that the text names. */
    public static Optional<ManifestSignature> of(byte[] text) {
        if (text.length < LENGTH) {
            return Optional.empty();
        }
        String end = new String(text, text.length - LENGTH, LENGTH, StandardCharsets.ISO_8859_1);
        Matcher lines = LINES.matcher(end);
        if (!lines.matches()) {
            return Optional.empty();
        }
        Optional<PublicKey> key = decoded(lines.group(1), KEY_BYTES).flatMap(TillKey::publicKey);
        Optional<byte[]> signature = decoded(lines.group(3), SIGNATURE_BYTES);
        byte[] signed = Arrays.copyOf(text, text.length - lines.group(2).length());
        return key.isPresent() && signature.isPresent() && TillKey.verifies(key.get(), signed, signature.get())
                ? Optional.of(new ManifestSignature(Fingerprint.of(key.get())))
                : Optional.empty();
    }

    /** Base64 has several texts for the same bytes where bits are left over; one of them is taken. */
    private static Optional<byte[]> decoded(String base64, int length) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return bytes.length == length && base64(bytes).equals(base64) ? Optional.of(bytes) : Optional.empty();
    }

    private static String lines(String key, String signature) {
        return "\n  \"publicKey\": \"" + key + "\",\n  \"signature\": \"" + signature + "\"" + BEFORE_END;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
