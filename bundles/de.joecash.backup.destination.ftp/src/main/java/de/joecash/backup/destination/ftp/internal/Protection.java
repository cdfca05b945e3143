package de.joecash.backup.destination.ftp.internal;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * How the way to the server is protected.
 *
 * @param tls how TLS begins
 * @param allowCleartext whether there may be none
 * @param certificates a PEM file with certificates that are trusted beside the system's
 * @param pins SHA-256 of SubjectPublicKeyInfo in Base64 (RFC 7469, section 2.4), one of which must be in the server's
 *     chain; none for any
 */
record Protection(Tls tls, boolean allowCleartext, Optional<Path> certificates, Set<String> pins) {
    private static final int SHA_256_BYTES = 32;

    /** How TLS begins. */
    enum Tls {
        /** By {@code AUTH TLS} (RFC 4217). */
        EXPLICIT,
        /** At once, before the server's welcome. */
        IMPLICIT,
        /** Never. */
        OFF
    }

    Protection {
        pins = Set.copyOf(pins);
        FtpSettings.require(
                certificates.map(Path::isAbsolute).orElse(true),
                "certificates must be the absolute path of a PEM file");
        for (String pin : pins) {
            FtpSettings.require(
                    digest(pin), "pins must be SHA-256 digests of public keys in Base64, 44 characters each");
        }
    }

    boolean refused() {
        return tls == Tls.OFF && !allowCleartext;
    }

    private static boolean digest(String pin) {
        try {
            return Base64.getDecoder().decode(pin).length == SHA_256_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
