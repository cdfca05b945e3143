package de.joecash.backup;

import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for a backup.
 *
 * @param kind who wants it
 * @param trigger what set it off: 1 to 32 characters of {@code a-z 0-9 -}
 * @param slot for a scheduled backup the local time it was due, else empty
 */
public record CreateRequest(BackupKind kind, String trigger, Optional<LocalDateTime> slot) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the trigger is malformed
     */
    public CreateRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(slot, "slot");
        if (!trigger.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("Not a trigger");
        }
    }

    /**
     * Asks for a manual backup.
     *
     * @param trigger where the person asked
     * @return the request
     */
    public static CreateRequest manual(String trigger) {
        return new CreateRequest(BackupKind.MANUAL, trigger, Optional.empty());
    }
}
