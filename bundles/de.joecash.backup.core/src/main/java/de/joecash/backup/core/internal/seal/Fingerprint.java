package de.joecash.backup.core.internal.seal;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Optional;

/**
 * What people compare to tell a till's key: the first 120 bits of the SHA-256 of the public key (X.509
 * SubjectPublicKeyInfo), as six groups of four characters, none of which looks like another: without 0, 1, I and O.
 *
 * @param value e.g. {@code K7QX-2M9F-AB3D-WTRZ-58HN-VCEG}
 */
public record Fingerprint(String value) {
    /** The form, for those who read files. */
    private static final String FORM = "[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){5}";

    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int CHARACTERS = 24;
    private static final int BITS = 5;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Fingerprint {
        if (!value.matches(FORM)) {
            throw new IllegalArgumentException("Not a fingerprint");
        }
    }

    /** Gives a key's. */
    public static Fingerprint of(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            BigInteger rest = new BigInteger(1, digest).shiftRight(digest.length * 8 - CHARACTERS * BITS);
            StringBuilder letters = new StringBuilder();
            for (int i = CHARACTERS - 1; i >= 0; i--) {
                letters.append(ALPHABET.charAt(rest.shiftRight(i * BITS).intValue() & (ALPHABET.length() - 1)));
            }
            return new Fingerprint(grouped(letters.toString()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Reads one as somebody typed it; case, blanks and hyphens do not matter, all else does. */
    public static Optional<Fingerprint> typed(String text) {
        String letters = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        String grouped = grouped(letters);
        return grouped.matches(FORM) ? Optional.of(new Fingerprint(grouped)) : Optional.empty();
    }

    private static String grouped(String letters) {
        return letters.replaceAll("(.{4})(?!$)", "$1-");
    }

    @Override
    public String toString() {
        return value;
    }
}
