package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.BackupId;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveDigest;
import java.util.List;

/**
 * One archive of a backup, as its manifest describes it.
 *
 * @param backup whose
 * @param kind what it holds
 * @param digest what it must hold and be
 */
public record BackupArchive(BackupId backup, Kind kind, ArchiveDigest digest) {
    /** What an archive holds. */
    public enum Kind {
        /** The dump of the database; every backup has one. */
        DATABASE(".sql"),
        /** The files of kept folders, where there are any. */
        FILES(".files.tar");

        private final String contentEnding;

        Kind(String contentEnding) {
            this.contentEnding = contentEnding;
        }

        /** What the name of the content ends in. */
        public String contentEnding() {
            return contentEnding;
        }

        /** What to say of one that is not what its manifest says; {@code detail} is what differs. */
        public Problem damage(BackupId backup, String detail) {
            return this == DATABASE
                    ? new Problem.ArchiveDamaged(backup.value(), detail)
                    : new Problem.FilesDamaged(backup.value(), detail);
        }

        /** What the name of the archive ends in. */
        String ending() {
            return contentEnding + ".gz";
        }
    }

    /** Lists a backup's archives, that of the database first. */
    public static List<BackupArchive> of(Manifest manifest) {
        BackupArchive database = new BackupArchive(
                manifest.id(),
                Kind.DATABASE,
                new ArchiveDigest(
                        manifest.contentBytes(),
                        manifest.contentSha256(),
                        manifest.archiveBytes(),
                        manifest.archiveSha256()));
        return manifest.keptFiles()
                .map(kept -> List.of(database, new BackupArchive(manifest.id(), Kind.FILES, digest(kept))))
                .orElse(List.of(database));
    }

    private static ArchiveDigest digest(KeptFiles kept) {
        return new ArchiveDigest(kept.contentBytes(), kept.contentSha256(), kept.archiveBytes(), kept.archiveSha256());
    }

    /** As {@link Kind#damage}. */
    public Problem damage(String detail) {
        return kind.damage(backup, detail);
    }

    /** The file's name. */
    public String name() {
        return backup.value() + kind.ending();
    }
}
