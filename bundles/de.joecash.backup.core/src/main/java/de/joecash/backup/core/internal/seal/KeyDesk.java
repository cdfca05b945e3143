package de.joecash.backup.core.internal.seal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Keys;
import de.joecash.backup.Problem;
import de.joecash.backup.RecoverySheet;
import de.joecash.backup.SquareCode;
import de.joecash.backup.spi.Secret;
import io.nayuki.qrcodegen.QrCode;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people ask of keys, and what sending asks: to whom is sealed now. Thread-safe. */
public final class KeyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);

    private final Keyring keys;
    private final SealingRule configured;
    private final Clock clock;

    /**
     * Answers for one backup folder.
     *
     * @param configured the vendor's recipients; the owner's are added
     */
    public KeyDesk(Keyring keys, SealingRule configured, Clock clock) {
        this.keys = keys;
        this.configured = configured;
        this.clock = clock;
    }

    /** Says what is sealed now, and to whom. */
    public SealingRule rule() throws BackupException {
        return configured.and(keys.owner());
    }

    /** Whether what goes to a medium is sealed, too. */
    public boolean sealsMedia() {
        return configured.medium();
    }

    /** Lists the public halves. */
    public Keys keys() throws BackupException {
        List<String> vendors = configured.recipients().values();
        List<Keys.Recipient> recipients = new ArrayList<>();
        for (String recipient : rule().recipients().values()) {
            Keys.Origin origin = vendors.contains(recipient) ? Keys.Origin.CONFIGURATION : Keys.Origin.RECOVERY_SHEET;
            recipients.add(new Keys.Recipient(recipient, origin));
        }
        return new Keys(
                keys.till().fingerprint().value(),
                configured.encrypt() || configured.medium(),
                recipients,
                keys.trusted().stream().map(Fingerprint::value).toList());
    }

    /**
     * Makes a key pair for the owner and seals to it from now on.
     *
     * @param places where copies may lie, as it is to be written on the sheet
     */
    public RecoverySheet makeSheet(List<String> places) throws BackupException {
        ZonedDateTime now = ZonedDateTime.now(clock);
        Secret key = newKey();
        String recipient = Opener.of(key).orElseThrow().recipient();
        String fingerprint = keys.till().fingerprint().value();
        SquareCode code = key.use(characters -> code(new String(characters)));
        keys.addOwner(recipient, now.toInstant());
        LOG.info("A recovery sheet was made; what is sent from now on opens by its key as well: {}", recipient);
        return new RecoverySheet(now, key, recipient, fingerprint, places, code);
    }

    private static Secret newKey() {
        try {
            return AgeKey.newIdentity();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no X25519", e);
        }
    }

    private static SquareCode code(String text) {
        QrCode drawn = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        BitSet dark = new BitSet(drawn.size * drawn.size);
        for (int y = 0; y < drawn.size; y++) {
            for (int x = 0; x < drawn.size; x++) {
                dark.set(y * drawn.size + x, drawn.getModule(x, y));
            }
        }
        return new SquareCode(drawn.size, dark);
    }

    /** Whether a key, as it was typed, opens what is sealed now. */
    public boolean opens(Secret key) throws BackupException {
        Optional<Opener> opener = Opener.of(key);
        return opener.isPresent()
                && rule().recipients().values().contains(opener.get().recipient());
    }

    /**
     * Takes somebody's signatures for true from now on.
     *
     * @throws BackupException {@code InvalidInput} if that is no fingerprint
     */
    public void trust(String typed) throws BackupException {
        Fingerprint signer = Fingerprint.typed(typed)
                .orElseThrow(() -> new BackupException(new Problem.InvalidInput("fingerprint")));
        keys.trust(signer, clock.instant());
    }
}
