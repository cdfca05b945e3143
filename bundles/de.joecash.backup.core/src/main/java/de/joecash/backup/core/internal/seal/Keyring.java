package de.joecash.backup.core.internal.seal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.disk.SystemWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code keys} of a backup folder: the till's own key, whose signatures it trusts, and the public halves
 * of the owner's keys. Thread-safe.
 */
public final class Keyring {
    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);

    private final Path directory;
    private final TrustedSigners trusted;
    private final OwnerRecipients owner;
    private Optional<TillKey> till = Optional.empty();

    private Keyring(Path directory) {
        this.directory = directory;
        trusted = new TrustedSigners(directory);
        owner = new OwnerRecipients(directory);
    }

    /**
     * Reads the till's key, or makes it. Where a full disk takes none, that is tried again when one is needed: what is
     * there can be verified, restored and sent without it.
     *
     * @throws BackupException {@code FolderUnusable} if there is a key that cannot be used: a new one in its place
     *     would be another till's
     */
    public static Keyring open(Path directory) throws BackupException {
        Keyring keys = new Keyring(directory);
        if (TillKey.isThere(directory)) {
            TillKey unused = keys.till();
        } else {
            try {
                LOG.info(
                        "The till signs its backups by a new key, {}",
                        keys.till().fingerprint());
            } catch (BackupException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        return keys;
    }

    /**
     * Gives the till's key.
     *
     * @throws BackupException {@code FolderUnusable} if it cannot be read or made
     */
    public synchronized TillKey till() throws BackupException {
        if (till.isEmpty()) {
            try {
                till = Optional.of(TillKey.open(directory));
            } catch (IOException e) {
                throw unusable(e);
            }
        }
        return till.get();
    }

    /**
     * Refuses what somebody signed whom nobody here knows.
     *
     * @param backup the backup's name
     * @throws BackupException {@code SignerUnknown}
     */
    public void requireTrusted(String backup, Fingerprint signer) throws BackupException {
        boolean known;
        try {
            known = trusted.list().contains(signer) || till().fingerprint().equals(signer);
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!known) {
            throw new BackupException(new Problem.SignerUnknown(backup, signer.value()));
        }
    }

    /** Whether somebody is this till itself; nobody is while it has no key. */
    public boolean isTill(Fingerprint signer) {
        try {
            return till().fingerprint().equals(signer);
        } catch (BackupException e) {
            return false;
        }
    }

    /** Lists whom a person confirmed. */
    public List<Fingerprint> trusted() throws BackupException {
        try {
            return trusted.list();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Takes somebody's signatures for true from now on. */
    public void trust(Fingerprint signer, Instant when) throws BackupException {
        try {
            trusted.add(signer, when);
            LOG.info("Backups signed by {} are trusted from now on", signer);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Lists the public halves of the owner's keys. */
    public Recipients owner() throws BackupException {
        try {
            return owner.list();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Seals to one more key of the owner from now on. */
    public void addOwner(String recipient, Instant when) throws BackupException {
        try {
            owner.add(recipient, when);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private BackupException unusable(IOException e) {
        return new BackupException(new Problem.FolderUnusable(directory.toString(), SystemWords.of(e)), e);
    }
}
