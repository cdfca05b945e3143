package de.joecash.backup.core.internal.seal;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that this till signs with (Ed25519, RFC 8032). Its file holds the private half (PKCS #8) and the public one
 * (X.509), both as PEM (RFC 7468), so that OpenSSL reads it. Immutable, thread-safe.
 */
public final class TillKey {
    private static final String FILE = "till.key";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int MAX_BYTES = 4096;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private TillKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Reads the key in a directory, or makes it there where no file of its name is. One that is there is never
     * replaced.
     *
     * @param directory is made, for its owner alone, if it is not there
     * @throws IOException if it cannot be read or written, or is not a key: then nothing may be signed in its stead
     */
    public static TillKey open(Path directory) throws IOException {
        SyncedFiles.createDirectory(directory);
        Path file = directory.resolve(FILE);
        if (!isThere(directory)) {
            make(directory);
        }
        // What was just written is read back as well.
        return read(file);
    }

    /** Whether anything is in the key's place. */
    static boolean isThere(Path directory) {
        return Files.exists(directory.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    private static void make(Path directory) throws IOException {
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no Ed25519", e);
        }
        String text = pem(PRIVATE, pair.getPrivate().getEncoded())
                + pem(PUBLIC, pair.getPublic().getEncoded());
        SyncedFiles.replace(directory.resolve(FILE), text.getBytes(StandardCharsets.US_ASCII));
        SyncedFiles.syncDirectory(directory.toAbsolutePath().getParent());
    }

    private static TillKey read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw notAKey();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
        try {
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            TillKey key = new TillKey(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(block(PRIVATE, text))),
                    keys.generatePublic(new X509EncodedKeySpec(block(PUBLIC, text))));
            byte[] anything = FILE.getBytes(StandardCharsets.US_ASCII);
            if (!verifies(key.publicKey, anything, key.sign(anything))) {
                throw notAKey();
            }
            return key;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Their words are of the file's bytes.
            throw notAKey();
        }
    }

    private static IOException notAKey() {
        return new IOException("key-damaged");
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] block(String label, String text) {
        Matcher block = Pattern.compile(
                        "-----BEGIN " + label + "-----\n([A-Za-z0-9+/=\n]+)\n-----END " + label + "-----\n")
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException();
        }
        return Base64.getDecoder().decode(block.group(1).replace("\n", ""));
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** What people compare. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(publicKey);
    }

    /** Signs bytes; equal ones give equal signatures (RFC 8032, section 5.1.6). */
    public byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    /** Reads a public key (X.509 SubjectPublicKeyInfo, RFC 8410); nothing but Ed25519, in its one encoding. */
    public static Optional<PublicKey> publicKey(byte[] encoded) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return Arrays.equals(key.getEncoded(), encoded) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a signature is by a key, over exactly these bytes. */
    public static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(bytes);
            return check.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "TillKey[" + fingerprint() + "]";
    }
}
