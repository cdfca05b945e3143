package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.seal.Fingerprint;
import de.joecash.backup.core.internal.seal.TillKey;
import java.util.Optional;

/**
 * A manifest and its text, byte by byte. One that is signed was found to be signed by the key that it names; whether
 * anybody here knows that key is not said by that.
 */
public final class WrittenManifest {
    private final IndexedManifest indexed;
    private final byte[] text;
    private final Optional<Fingerprint> signer;

    private WrittenManifest(IndexedManifest indexed, byte[] text, Optional<Fingerprint> signer) {
        this.indexed = indexed;
        this.text = text;
        this.signer = signer;
    }

    /** Writes and signs a manifest of the newest format. */
    public static WrittenManifest signed(IndexedManifest indexed, TillKey key) {
        byte[] unsigned = ManifestFormat.unsigned(indexed);
        return new WrittenManifest(indexed, ManifestSignature.sign(unsigned, key), Optional.of(key.fingerprint()));
    }

    /**
     * Reads a manifest.
     *
     * @param name the file's name, for the refusal
     * @param text hostile until read
     * @throws BackupException {@code ManifestUnreadable} if it is malformed or of a newer format;
     *     {@code SignatureWrong} if it should be signed and is not by the key that it names
     */
    public static WrittenManifest read(String name, byte[] text) throws BackupException {
        byte[] own = text.clone();
        return new WrittenManifest(
                ManifestFormat.read(name, own), own, ManifestSignature.of(own).map(ManifestSignature::signer));
    }

    /** What it says. */
    public IndexedManifest indexed() {
        return indexed;
    }

    /** What front ends see of it. */
    public Manifest manifest() {
        return indexed.manifest();
    }

    /** Its text; a copy. */
    public byte[] text() {
        return text.clone();
    }

    /** Whose key signed it; empty before format 4, which is not signed. */
    public Optional<Fingerprint> signer() {
        return signer;
    }
}
