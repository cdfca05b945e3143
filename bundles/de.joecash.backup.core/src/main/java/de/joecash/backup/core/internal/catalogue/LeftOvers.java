package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Manifest;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a power cut left in a backup folder. */
final class LeftOvers {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

    private final BackupFolder folder;

    LeftOvers(BackupFolder folder) {
        this.folder = folder;
    }

    /** Finishes every backup that was cut off between its names, and removes all that was cut off before. */
    void clearUp() throws IOException {
        for (Path part : parts()) {
            String name = finalName(part);
            if (name.endsWith(BackupNames.MANIFEST) && !name.endsWith(BackupNames.STATE)) {
                finish(part, name);
            }
        }
        // Not before: an archive of a backup that can be finished may still be a part.
        for (Path part : parts()) {
            Files.delete(part);
            LOG.info("Removed {}, which a run that was cut off had left", part.getFileName());
        }
    }

    private List<Path> parts() throws IOException {
        List<Path> ours = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.path(), "*" + BackupNames.PART)) {
            for (Path part : parts) {
                if (BackupNames.ours(finalName(part))) {
                    ours.add(part);
                }
            }
        }
        return ours;
    }

    private static String finalName(Path part) {
        String name = part.getFileName().toString();
        return name.substring(0, name.length() - BackupNames.PART.length());
    }

    /**
     * The first archive is renamed only after all were proven and the manifest was synced. So where that one has its
     * name, what is left to do is to rename.
     */
    private void finish(Path part, String name) throws IOException {
        Optional<Manifest> manifest = BackupFolder.readManifest(part, name).map(WrittenManifest::manifest);
        if (manifest.isEmpty()) {
            return;
        }
        List<BackupArchive> waiting = new ArrayList<>();
        for (BackupArchive archive : BackupArchive.of(manifest.get())) {
            if (isWhole(folder.archive(archive), archive)) {
                continue;
            }
            boolean first = archive.kind() == BackupArchive.Kind.DATABASE;
            if (first || !isWhole(folder.archivePart(archive.backup(), archive.kind()), archive)) {
                return;
            }
            waiting.add(archive);
        }
        for (BackupArchive archive : waiting) {
            SyncedFiles.publish(folder.archivePart(archive.backup(), archive.kind()), folder.archive(archive));
        }
        SyncedFiles.publish(part, folder.path().resolve(name));
        LOG.info(
                "Backup {} was cut off between its names and is complete now",
                manifest.get().id());
    }

    private static boolean isWhole(Path file, BackupArchive archive) throws IOException {
        return Files.exists(file) && Files.size(file) == archive.digest().archiveBytes();
    }
}
