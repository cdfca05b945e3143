package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.IndexedManifest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archives of an earlier backup whose members can be copied; without them, all members are made anew. */
final class KnownArchives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownArchives.class);

    private final Map<BackupArchive.Kind, ArchiveFile> open = new EnumMap<>(BackupArchive.Kind.class);

    private KnownArchives() {}

    static KnownArchives none() {
        return new KnownArchives();
    }

    static KnownArchives of(Optional<Manifest> last, BackupFolder folder) {
        KnownArchives known = none();
        last.ifPresent(manifest -> known.open(manifest, folder));
        return known;
    }

    private void open(Manifest manifest, BackupFolder folder) {
        try {
            IndexedManifest indexed = folder.indexed(manifest);
            for (BackupArchive archive : BackupArchive.of(manifest)) {
                Optional<MemberIndex> index = indexed.index(archive.kind());
                if (index.isPresent()) {
                    open.put(archive.kind(), ArchiveFile.open(folder.archive(archive), index.get()));
                }
            }
        } catch (BackupException | IOException e) {
            LOG.warn("Not every member of {} can be used again: {}", manifest.id(), e.getMessage());
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Optional<ArchiveFile> of(BackupArchive.Kind kind) {
        return Optional.ofNullable(open.get(kind));
    }

    /** That one could not be closed says nothing about the backup. */
    @Override
    public void close() {
        for (ArchiveFile archive : open.values()) {
            try {
                archive.close();
            } catch (IOException e) {
                LOG.warn("The archive whose members were used again could not be closed: {}", BackupFolder.words(e));
            }
        }
    }
}
