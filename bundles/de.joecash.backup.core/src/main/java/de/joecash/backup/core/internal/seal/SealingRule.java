package de.joecash.backup.core.internal.seal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Capabilities;
import java.util.Optional;

/**
 * Whether what is sent is sealed. What goes to a medium in the owner's hand is where he wants that; what stays on the
 * server is not; everything else is, unless that was switched off and nobody on the way can read it.
 *
 * @param encrypt whether it is switched on
 * @param medium whether it is for media
 * @param recipients who can open it
 */
public record SealingRule(boolean encrypt, boolean medium, Recipients recipients) {
    /**
     * Decides for one destination.
     *
     * @param destination its id, for the refusal
     * @param toMedium whether it is the medium
     * @param capabilities what it is
     * @return empty to send in the clear
     * @throws BackupException {@code RecipientMissing} where nobody could open it; {@code CleartextRefused} where it is
     *     switched off and others could read it
     */
    public Optional<Sealer> sealer(String destination, boolean toMedium, Capabilities capabilities)
            throws BackupException {
        if (toMedium ? !medium : !capabilities.offServer()) {
            return Optional.empty();
        }
        if (encrypt || toMedium) {
            if (recipients.isEmpty()) {
                throw new BackupException(new Problem.RecipientMissing());
            }
            return Optional.of(new Sealer(recipients));
        }
        if (!capabilities.confidential()) {
            throw new BackupException(new Problem.CleartextRefused(destination));
        }
        return Optional.empty();
    }

    /** The same for more recipients. */
    public SealingRule and(Recipients more) {
        return new SealingRule(encrypt, medium, recipients.and(more));
    }
}
