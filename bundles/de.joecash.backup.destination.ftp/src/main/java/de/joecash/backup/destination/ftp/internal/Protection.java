package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.remote.Trusted;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the way to the server is protected.
 *
 * @param tls how TLS begins
 * @param allowCleartext whether there may be none
 * @param trusted which servers are believed
 */
record Protection(Tls tls, boolean allowCleartext, Trusted trusted) {
    /** How TLS begins. */
    enum Tls {
        /** By {@code AUTH TLS} (RFC 4217). */
        EXPLICIT,
        /** At once, before the server's welcome. */
        IMPLICIT,
        /** Never. */
        OFF
    }

    Protection(Tls tls, boolean allowCleartext, Optional<Path> certificates, Set<String> pins) {
        this(tls, allowCleartext, new Trusted(certificates, pins));
    }

    boolean refused() {
        return tls == Tls.OFF && !allowCleartext;
    }
}
