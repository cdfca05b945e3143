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
 * @param send whether it is sent as soon as it is good, as by {@link BackupService#send}; an automatic one is sent
 *     anyway, where its route says
 */
public record CreateRequest(BackupKind kind, String trigger, Optional<LocalDateTime> slot, boolean send) {
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
     * Asks for a backup that is not sent for this request's sake.
     *
     * @param kind as above
     * @param trigger as above
     * @param slot as above
     */
    public CreateRequest(BackupKind kind, String trigger, Optional<LocalDateTime> slot) {
        this(kind, trigger, slot, false);
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

    /**
     * Asks for the same, and to send it.
     *
     * @return the request
     */
    public CreateRequest andSend() {
        return new CreateRequest(kind, trigger, slot, true);
    }
}
