package de.joecash.backup.update.internal.vendor;

import de.joecash.backup.update.internal.set.VendorKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The vendor's key in a file, as a till keeps its own: the private half (PKCS #8) and the public one (X.509), both as
 * PEM (RFC 7468), so that OpenSSL makes and reads it.
 */
final class VendorKeyFile {
    private static final int MAX_BYTES = 4096;

    private final PrivateKey privateKey;
    private final VendorKey publicKey;

    private VendorKeyFile(PrivateKey privateKey, VendorKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Reads both halves.
     *
     * @throws IOException if it holds anything else than the two halves of one key; says nothing of its bytes
     */
    static VendorKeyFile read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw notAKey(file);
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        try {
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(block("PRIVATE KEY", text)));
            VendorKey publicKey = VendorKey.of(keys.generatePublic(new X509EncodedKeySpec(block("PUBLIC KEY", text))));
            return new VendorKeyFile(privateKey, publicKey);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Their words are of the file's bytes.
            throw notAKey(file);
        }
    }

    private static byte[] block(String label, String text) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException();
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }

    private static IOException notAKey(Path file) {
        return new IOException(file + " does not hold the private and the public half of an Ed25519 key in PEM");
    }

    VendorKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }
}
