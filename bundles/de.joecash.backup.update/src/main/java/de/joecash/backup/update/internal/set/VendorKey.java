package de.joecash.backup.update.internal.set;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The public half of a vendor's key: Ed25519 (RFC 8032), X.509 SubjectPublicKeyInfo (RFC 8410) in Base64, as in the
 * manifests of backups.
 */
public final class VendorKey {
    private final PublicKey key;

    private VendorKey(PublicKey key) {
        this.key = key;
    }

    /** Takes a key that was generated or read elsewhere. */
    public static VendorKey of(PublicKey key) {
        return new VendorKey(key);
    }

    /**
     * Reads what is configured; blank lines are none.
     *
     * @throws SetRefused {@link Refusal#NO_KEYS} or {@link Refusal#KEY_MALFORMED}
     */
    public static List<VendorKey> configured(String... texts) throws SetRefused {
        List<VendorKey> keys = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i].isBlank()) {
                // By its place alone: it may be the private half that somebody entered.
                int place = i + 1;
                keys.add(parse(texts[i].strip()).orElseThrow(() -> new SetRefused(Refusal.KEY_MALFORMED, place)));
            }
        }
        if (keys.isEmpty()) {
            throw new SetRefused(Refusal.NO_KEYS);
        }
        return keys;
    }

    /** Reads one; nothing but Ed25519, in its one encoding. */
    static Optional<VendorKey> parse(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            VendorKey read = new VendorKey(key);
            return Arrays.equals(key.getEncoded(), encoded) && read.toString().equals(base64)
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a signature is by this key, over exactly these bytes. */
    boolean verifies(byte[] bytes, byte[] signature) {
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
    public boolean equals(Object other) {
        return other instanceof VendorKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** As it is configured. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
