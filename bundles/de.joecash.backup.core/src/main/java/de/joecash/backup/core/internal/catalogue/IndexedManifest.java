package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.MemberIndex;
import java.util.Optional;

/**
 * A manifest as it stands in its file: with the index of the archive's members, which only the core needs.
 *
 * @param manifest what front ends see of it
 * @param index the members; empty in format 1, which had none
 */
public record IndexedManifest(Manifest manifest, Optional<MemberIndex> index) {
    /** The first format whose manifests have an index. */
    private static final int INDEXED = 2;

    /**
     * Checks that the two tell the same.
     *
     * @throws IllegalArgumentException if they do not
     */
    public IndexedManifest {
        boolean same = index.isPresent() == (manifest.format() >= INDEXED)
                && index.map(members -> members.contentBytes() == manifest.contentBytes()
                                && members.archiveBytes() == manifest.archiveBytes()
                                && members.contentSha256().equals(manifest.contentSha256()))
                        .orElse(true);
        if (!same) {
            throw new IllegalArgumentException("Manifest and index of " + manifest.id() + " differ");
        }
    }
}
