package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that backups are kept in, held by one process at a time.
 *
 * <p>A backup is two files: archive and manifest. Both are written as {@code .part} and synced; the archive is read
 * back; then the archive is renamed, then the manifest. A power cut leaves either no final name, or an archive whose
 * manifest still waits as {@code .part}: {@link #open} finishes that one and removes every other {@code .part}.
 */
public final class BackupFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
    private static final String PART = ".part";
    private static final String MANIFEST = ".json";
    private static final String STATE = ".state.json";

    private final Path path;
    private final Reserve reserve;
    private final FileChannel lock;

    private BackupFolder(Path path, Reserve reserve, FileChannel lock) {
        this.path = path;
        this.reserve = reserve;
        this.lock = lock;
    }

    /**
     * Opens the folder, creating it where its parent is there, and clears up after a power cut.
     *
     * @throws BackupException if it cannot be used, or another process holds it
     */
    public static BackupFolder open(Path path, Reserve reserve) throws BackupException {
        if (!path.isAbsolute()) {
            throw new BackupException(new Problem.FolderUnusable(path.toString(), "not an absolute path"));
        }
        try {
            SyncedFiles.createDirectory(path);
            BackupFolder folder = new BackupFolder(path.toRealPath(), reserve, hold(path));
            folder.clearUpOrClose();
            return folder;
        } catch (IOException e) {
            throw new BackupException(new Problem.FolderUnusable(path.toString(), words(e)), e);
        }
    }

    /** One channel for the whole life: closing a second one of this process would drop the lock. */
    @SuppressWarnings("resource") // closed by close()
    private static FileChannel hold(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Held within this process", e);
        }
        channel.close();
        throw new IOException("another process uses it");
    }

    /** The folder's real path. */
    public Path path() {
        return path;
    }

    /** Where a backup's archive is, once published. */
    public Path archive(BackupId id) {
        return path.resolve(id.value() + ".sql.gz");
    }

    /** Where a backup's archive is written. */
    public Path archivePart(BackupId id) {
        return path.resolve(id.value() + ".sql.gz" + PART);
    }

    /** Refuses where the disk would fall below its reserve. */
    public void requireSpace(long more) throws BackupException {
        try {
            reserve.require(path, more);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Publishes an archive part that was synced, read back and found equal, and its manifest last. */
    void publish(Manifest manifest) throws IOException {
        Path waiting = path.resolve(manifest.manifestName() + PART);
        SyncedFiles.write(waiting, ManifestFormat.write(manifest));
        SyncedFiles.publish(archivePart(manifest.id()), archive(manifest.id()));
        // Not before: a damaged archive that is being replaced must not lose the word that it is damaged.
        Files.deleteIfExists(state(manifest.id()));
        SyncedFiles.publish(waiting, path.resolve(manifest.manifestName()));
    }

    /** Removes what a run that failed has left. */
    public void discard(BackupId id) {
        try {
            Files.deleteIfExists(archivePart(id));
            Files.deleteIfExists(path.resolve(id.value() + MANIFEST + PART));
        } catch (IOException e) {
            LOG.warn("What a failed run left could not be removed: {}", words(e));
        }
    }

    /** Removes a backup: manifest first, for without it there is none. */
    void remove(BackupId id) throws IOException {
        Files.deleteIfExists(path.resolve(id.value() + MANIFEST));
        Files.deleteIfExists(state(id));
        Files.deleteIfExists(archive(id));
        SyncedFiles.syncDirectory(path);
    }

    void writeState(Backup backup) throws IOException {
        SyncedFiles.replace(state(backup.id()), BackupState.write(backup));
    }

    /** Reads what changed about a backup since; empty where nothing did, or the file is lost or broken. */
    Optional<Backup> readState(Manifest manifest) throws IOException {
        try {
            return BackupState.read(manifest, Files.readAllBytes(state(manifest.id())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path state(BackupId id) {
        return path.resolve(id.value() + STATE);
    }

    /** Reads every manifest; one that cannot be read is logged and left alone. */
    List<Manifest> manifests() throws IOException {
        List<Manifest> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + MANIFEST)) {
            for (Path file : files) {
                if (!file.getFileName().toString().endsWith(STATE)) {
                    readManifest(file, file.getFileName().toString()).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<Manifest> readManifest(Path file, String name) {
        try {
            if (Files.size(file) > ManifestFormat.MAX_BYTES) {
                throw new BackupException(new Problem.ManifestUnreadable(name, "too long"));
            }
            return Optional.of(ManifestFormat.read(name, Files.readAllBytes(file)));
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("The manifest {} could not be read: {}", name, words(e));
        }
        return Optional.empty();
    }

    private void clearUpOrClose() throws IOException {
        boolean clear = false;
        try {
            clearUp();
            clear = true;
        } finally {
            if (!clear) {
                close();
            }
        }
    }

    private void clearUp() throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, "*" + PART)) {
            for (Path part : parts) {
                String name = part.getFileName().toString().replace(PART, "");
                Optional<Manifest> cut = name.endsWith(MANIFEST) ? cutOff(part, name) : Optional.empty();
                if (cut.isPresent()) {
                    SyncedFiles.publish(part, path.resolve(name));
                    LOG.info(
                            "Backup {} was cut off between its two names and is complete now",
                            cut.get().id());
                } else {
                    Files.delete(part);
                    LOG.info("Removed {}, which a run that was cut off had left", part.getFileName());
                }
            }
        }
    }

    /** A manifest that waits beside its archive: the archive was proven, and renamed, before. */
    private Optional<Manifest> cutOff(Path part, String name) throws IOException {
        Optional<Manifest> manifest = name.endsWith(STATE) ? Optional.empty() : readManifest(part, name);
        if (manifest.isEmpty() || !Files.exists(archive(manifest.get().id()))) {
            return Optional.empty();
        }
        boolean whole =
                Files.size(archive(manifest.get().id())) == manifest.get().archiveBytes();
        return whole ? manifest : Optional.empty();
    }

    BackupException unusable(IOException e) {
        return new BackupException(new Problem.FolderUnusable(path.toString(), words(e)), e);
    }

    /** The system's words; its exceptions often say no more than the path. */
    public static String words(IOException e) {
        return e.getClass() == IOException.class
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The backup folder's lock could not be closed: {}", words(e));
        }
    }
}
