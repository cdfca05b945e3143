package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import de.joecash.backup.core.internal.archive.MemberIndex;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as it stands in its file: with the indexes of the archives' members, which only the core needs.
 *
 * @param manifest what front ends see of it
 * @param index the members of the database's archive; empty in format 1, which had none
 * @param filesIndex the members of the archive of kept files; empty where there is none
 */
public record IndexedManifest(Manifest manifest, Optional<MemberIndex> index, Optional<MemberIndex> filesIndex) {
    /** The first format whose manifests have an index. */
    private static final int INDEXED = 2;

    /**
     * Checks that they tell the same.
     *
     * @throws IllegalArgumentException if they do not
     */
    public IndexedManifest {
        List<BackupArchive> archives = BackupArchive.of(manifest);
        boolean same = index.isPresent() == (manifest.format() >= INDEXED)
                && filesIndex.isPresent() == (archives.size() > 1)
                && index.map(members -> tellsOf(archives.get(0).digest(), members))
                        .orElse(true)
                && filesIndex
                        .map(members -> tellsOf(archives.get(1).digest(), members))
                        .orElse(true);
        if (!same) {
            throw new IllegalArgumentException("Manifest and index of " + manifest.id() + " differ");
        }
    }

    /** That of a backup without kept files. */
    public IndexedManifest(Manifest manifest, Optional<MemberIndex> index) {
        this(manifest, index, Optional.empty());
    }

    /** Gives the members of one of the backup's archives. */
    public Optional<MemberIndex> index(BackupArchive.Kind kind) {
        return kind == BackupArchive.Kind.DATABASE ? index : filesIndex;
    }

    private static boolean tellsOf(ArchiveDigest archive, MemberIndex members) {
        return members.contentBytes() == archive.contentBytes()
                && members.archiveBytes() == archive.archiveBytes()
                && members.contentSha256().equals(archive.contentSha256());
    }
}
