package de.joecash.backup;

import java.util.Objects;
import java.util.Optional;

/**
 * A backup as it was found at a place. Nothing but its manifest was looked at.
 *
 * @param id its name, from the manifest's file
 * @param manifest what it says; empty where that cannot be read or is not rightly signed
 * @param problem what keeps it from being fetched as it is, by its manifest: {@link Problem.ManifestUnreadable},
 *     {@link Problem.SignatureWrong}, {@link Problem.SignerUnknown}, or why the file cannot be read there
 */
public record RemoteBackup(BackupId id, Optional<Manifest> manifest, Optional<Problem> problem) {
    /** Checks that it is one or the other. */
    public RemoteBackup {
        Objects.requireNonNull(id, "id");
        if (manifest.isEmpty() && problem.isEmpty()) {
            throw new IllegalArgumentException("Neither what it says nor why not");
        }
    }

    /**
     * Gives one that nothing is wrong with.
     *
     * @param manifest what it says
     * @return without a problem
     */
    public static RemoteBackup of(Manifest manifest) {
        return new RemoteBackup(manifest.id(), Optional.of(manifest), Optional.empty());
    }

    /**
     * Says whether it can be fetched, if need be after somebody has confirmed whose it is.
     *
     * @return whether its manifest can be used
     */
    public boolean usable() {
        return problem.isEmpty() || problem.get() instanceof Problem.SignerUnknown;
    }
}
