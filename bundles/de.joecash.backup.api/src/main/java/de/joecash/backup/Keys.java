package de.joecash.backup;

import java.util.List;
import java.util.Objects;

/**
 * Who signs here, whose signatures are trusted, and who can open what is sent. Public halves only.
 *
 * @param till fingerprint of the key that this till signs its backups with, as people compare it
 * @param encrypted whether what leaves the server is encrypted; the medium's copies never are
 * @param recipients those who can open what is encrypted from now on
 * @param trusted fingerprints of other tills that a person confirmed here
 */
public record Keys(String till, boolean encrypted, List<Recipient> recipients, List<String> trusted) {
    /** Where a recipient comes from. */
    public enum Origin {
        /** From the core's configuration: the vendor's. */
        CONFIGURATION,
        /** From a recovery sheet that was made here: the owner's. */
        RECOVERY_SHEET
    }

    /**
     * Somebody who can open what is encrypted.
     *
     * @param publicKey {@code age1…} (age specification, C2SP age.md)
     * @param origin where it comes from
     */
    public record Recipient(String publicKey, Origin origin) {
        /** Checks that nothing is missing. */
        public Recipient {
            Objects.requireNonNull(publicKey, "publicKey");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /** Keeps copies of the lists. */
    public Keys {
        Objects.requireNonNull(till, "till");
        recipients = List.copyOf(recipients);
        trusted = List.copyOf(trusted);
    }
}
