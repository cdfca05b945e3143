package de.joecash.backup.remote;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers are believed, as it is configured.
 *
 * @param certificates a PEM file with certificates that are trusted beside the system's, absolute
 * @param pins SHA-256 of SubjectPublicKeyInfo in Base64 (RFC 7469, section 2.4), one of which must stand behind the
 *     server's certificate; none for any
 */
public record Trusted(Optional<Path> certificates, Set<String> pins) {
    private static final int SHA_256_BYTES = 32;

    /** Checks both. */
    public Trusted {
        pins = Set.copyOf(pins);
        Settings.require(
                certificates.map(Path::isAbsolute).orElse(true),
                "certificates must be the absolute path of a PEM file");
        Settings.require(
                pins.stream().allMatch(Trusted::isPin),
                "pins must be SHA-256 digests of public keys in Base64, 44 characters each");
    }

    private static boolean isPin(String text) {
        try {
            return Base64.getDecoder().decode(text).length == SHA_256_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
