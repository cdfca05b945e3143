package de.joecash.backup.core.internal.catalogue;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.Manifest;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.disk.SystemWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that backups are kept in, held by one process at a time.
 *
 * <p>A backup is an archive, perhaps a second one with kept files, and a manifest. All are written as {@code .part} and
 * synced; the archives are read back; then the archives are renamed, then the manifest. A power cut leaves either no
 * final name, or an archive whose manifest still waits as {@code .part}: {@link #open} finishes that one and removes
 * every other {@code .part}.
 */
public final class BackupFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
    private static final String MANIFEST = BackupNames.MANIFEST;
    private static final String STATE = BackupNames.STATE;
    private static final String PART = BackupNames.PART;

    private static final String NOT_WRITABLE = "not-writable";
    private static final String TOO_LONG = "too long";

    /** A disk with less room than this takes no small file either. */
    private static final long SMALL_FILE = 1 << 16;

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
            throw new BackupException(new Problem.FolderUnusable(path.toString(), "not-absolute"));
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new BackupException(new Problem.FolderUnusable(path.toString(), "not-a-directory"));
        }
        try {
            SyncedFiles.createDirectory(path);
            BackupFolder folder = new BackupFolder(path.toRealPath(), reserve, hold(path));
            folder.clearUpOrClose();
            return folder;
        } catch (IOException e) {
            throw new BackupException(new Problem.FolderUnusable(path.toString(), reason(path, e)), e);
        }
    }

    /** One channel for the whole life: closing a second one of this process would drop the lock. */
    @SuppressWarnings("resource") // closed by close()
    private static FileChannel hold(Path path) throws IOException, BackupException {
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
        throw new BackupException(new Problem.FolderUnusable(path.toString(), "in-use"));
    }

    /** The folder's real path. */
    public Path path() {
        return path;
    }

    /** Where an archive of a backup is, once published. */
    public Path archive(BackupId id, BackupArchive.Kind kind) {
        return path.resolve(id.value() + kind.ending());
    }

    /** As {@link #archive(BackupId, BackupArchive.Kind)}. */
    public Path archive(BackupArchive archive) {
        return archive(archive.backup(), archive.kind());
    }

    /** Where an archive of a backup is written. */
    public Path archivePart(BackupId id, BackupArchive.Kind kind) {
        return path.resolve(id.value() + kind.ending() + PART);
    }

    /** Where the till's key is, and whom it trusts. */
    public Path keys() {
        return path.resolve("keys");
    }

    /** Where a restore writes down which folders it replaces. */
    public Path replacements() {
        return path.resolve("replacements.json");
    }

    /** Where a drill unpacks kept files; empty whenever none is under way. */
    public Path scratch() {
        return path.resolve("scratch");
    }

    /** Refuses where the disk would fall below its reserve. */
    public void requireSpace(long more) throws BackupException {
        try {
            reserve.require(path, more);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** What keeps any backup from being made here at this instant. */
    public Optional<Problem> obstacle() {
        try {
            requireSpace(0);
        } catch (BackupException e) {
            return Optional.of(e.problem());
        }
        return Files.isWritable(path)
                ? Optional.empty()
                : Optional.of(new Problem.FolderUnusable(path.toString(), NOT_WRITABLE));
    }

    /**
     * Publishes archive parts that were synced, read back and found equal, and their manifest last, byte by byte.
     *
     * @throws BackupException {@code ManifestUnreadable}, and nothing was published, if the manifest would be too long
     *     to be read again
     */
    void publish(WrittenManifest written, List<BackupArchive> archives, Backup fresh)
            throws BackupException, IOException {
        Manifest manifest = written.manifest();
        byte[] text = written.text();
        if (text.length > ManifestFormat.MAX_BYTES) {
            throw new BackupException(new Problem.ManifestUnreadable(manifest.manifestName(), TOO_LONG));
        }
        Path waiting = path.resolve(manifest.manifestName() + PART);
        SyncedFiles.write(waiting, text);
        for (BackupArchive archive : archives) {
            SyncedFiles.publish(archivePart(manifest.id(), archive.kind()), archive(archive));
        }
        // Not before: a damaged archive that is being replaced must not lose the word that it is damaged.
        if (fresh.stays() || !fresh.remark().equals(Remark.NONE)) {
            writeState(fresh);
        } else {
            Files.deleteIfExists(state(manifest.id()));
        }
        SyncedFiles.publish(waiting, path.resolve(manifest.manifestName()));
    }

    /** Removes what a run that failed has left. */
    public void discard(BackupId id) {
        try {
            for (BackupArchive.Kind kind : BackupArchive.Kind.values()) {
                Files.deleteIfExists(archivePart(id, kind));
            }
            Files.deleteIfExists(path.resolve(id.value() + MANIFEST + PART));
        } catch (IOException e) {
            LOG.warn("What a failed run left could not be removed: {}", words(e));
        }
    }

    /** Removes archives whose manifest could not be published: there is no backup of that name. */
    void withdraw(BackupId id) {
        try {
            if (Files.notExists(path.resolve(id.value() + MANIFEST))) {
                removeArchives(id);
            }
        } catch (IOException e) {
            LOG.warn("The archives of {}, which has no manifest, could not be removed: {}", id, words(e));
        }
    }

    private void removeArchives(BackupId id) throws IOException {
        for (BackupArchive.Kind kind : BackupArchive.Kind.values()) {
            Files.deleteIfExists(archive(id, kind));
        }
    }

    /** Removes a backup: manifest first, for without it there is none. */
    void remove(BackupId id) throws IOException {
        Files.deleteIfExists(path.resolve(id.value() + MANIFEST));
        Files.deleteIfExists(state(id));
        removeArchives(id);
        SyncedFiles.syncDirectory(path);
    }

    void writeState(Backup backup) throws IOException {
        SyncedFiles.replace(state(backup.id()), BackupState.write(backup));
    }

    /** Reads what changed about a backup since; empty where nothing did, or the file is lost or broken. */
    Optional<Backup> readState(Manifest manifest) {
        try {
            Path state = state(manifest.id());
            return Files.size(state) > ManifestFormat.MAX_BYTES
                    ? Optional.empty()
                    : BackupState.read(manifest, Files.readAllBytes(state));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("What changed about {} could not be read: {}", manifest.id(), words(e));
            return Optional.empty();
        }
    }

    private Path state(BackupId id) {
        return path.resolve(id.value() + STATE);
    }

    /** Reads every manifest, one after the other; one that cannot be read is logged and left alone. */
    void manifests(Consumer<WrittenManifest> reader) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + MANIFEST)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.endsWith(STATE) && BackupNames.ours(name)) {
                    readManifest(file, name).ifPresent(reader);
                }
            }
        }
    }

    static Optional<WrittenManifest> readManifest(Path file, String name) {
        try {
            return Optional.of(requireManifest(file, name));
        } catch (BackupException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Reads a backup's manifest again, with its index.
     *
     * @throws BackupException if it cannot be read or is not the one that the catalogue knows
     */
    public IndexedManifest indexed(Manifest manifest) throws BackupException {
        return written(manifest).indexed();
    }

    /**
     * Reads a backup's manifest again, byte by byte as it was written.
     *
     * @throws BackupException if it cannot be read or is not the one that the catalogue knows
     */
    public byte[] manifestText(Manifest manifest) throws BackupException {
        return written(manifest).text();
    }

    /** As {@link #indexed}, with who signed it. */
    public WrittenManifest written(Manifest manifest) throws BackupException {
        String name = manifest.manifestName();
        WrittenManifest written = WrittenManifest.read(name, text(path.resolve(name), name));
        if (!written.manifest().equals(manifest)) {
            throw new BackupException(new Problem.ManifestUnreadable(name, "it has changed"));
        }
        return written;
    }

    private static WrittenManifest requireManifest(Path file, String name) throws BackupException {
        return WrittenManifest.read(name, text(file, name));
    }

    private static byte[] text(Path file, String name) throws BackupException {
        try {
            if (Files.size(file) > ManifestFormat.MAX_BYTES) {
                throw new BackupException(new Problem.ManifestUnreadable(name, TOO_LONG));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BackupException(new Problem.ManifestUnreadable(name, words(e)), e);
        }
    }

    /** Opens the archive of a backup's database; what is there of another length is none. */
    public InputStream read(Manifest manifest) throws BackupException {
        Path file = archive(manifest.id(), BackupArchive.Kind.DATABASE);
        try {
            long there = Files.size(file);
            if (there != manifest.archiveBytes()) {
                throw damaged(manifest, there + " of " + manifest.archiveBytes() + " bytes", null);
            }
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw damaged(manifest, file.getFileName() + ": " + words(e), e);
        }
    }

    private static BackupException damaged(Manifest manifest, String detail, IOException cause) {
        return new BackupException(BackupArchive.Kind.DATABASE.damage(manifest.id(), detail), cause);
    }

    /** Says why a backup is not in the catalogue: there is none, or its manifest cannot be read. */
    BackupException missing(BackupId id) {
        String name = id.value() + MANIFEST;
        Path manifest = path.resolve(name);
        try {
            if (Files.exists(manifest) || Files.exists(archive(id, BackupArchive.Kind.DATABASE))) {
                requireManifest(manifest, name);
            }
            return new BackupException(new Problem.UnknownBackup(id.value()));
        } catch (BackupException e) {
            return e;
        }
    }

    private void clearUpOrClose() throws IOException {
        boolean clear = false;
        try {
            new LeftOvers(this).clearUp();
            clear = true;
        } finally {
            if (!clear) {
                close();
            }
        }
    }

    /** What an error while reading or writing here is to people: too little space, or a folder that cannot be used. */
    public BackupException unusable(IOException e) {
        if (Files.isWritable(path)) {
            try {
                reserve.require(path, SMALL_FILE);
            } catch (BackupException full) {
                return new BackupException(full.problem(), e);
            } catch (IOException gone) {
                e.addSuppressed(gone);
            }
        }
        return new BackupException(new Problem.FolderUnusable(path.toString(), reason(path, e)), e);
    }

    /** Why the folder cannot be used. Where its file system is read-only, not even root may write. */
    private static String reason(Path path, IOException e) {
        if (Files.notExists(path)) {
            return "missing";
        }
        return Files.isWritable(path) ? words(e) : NOT_WRITABLE;
    }

    /** The system's words. */
    public static String words(IOException e) {
        return SystemWords.of(e);
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
