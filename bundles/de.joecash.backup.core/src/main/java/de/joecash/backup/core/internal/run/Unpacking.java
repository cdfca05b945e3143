package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Manifest;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.archive.ArchiveInput;
import de.joecash.backup.core.internal.catalogue.BackupArchive;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.files.Replacements;
import de.joecash.backup.core.internal.files.UnpackedTree;
import de.joecash.backup.spi.KeptFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks the kept files of a backup that was verified, and compares what is on the disk then with the archive. */
public final class Unpacking {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacking.class);

    /** A database that is named, and has no path. */
    private static final String PLAIN = "[A-Za-z0-9_-]{1,63}";

    private final BackupFolder folder;
    private final Reserve reserve;

    /**
     * Unpacks the files of one folder's backups.
     *
     * @param reserve what stays free on the disks of the till's folders
     */
    public Unpacking(BackupFolder folder, Reserve reserve) {
        this.folder = folder;
        this.reserve = reserve;
    }

    /** Finishes or undoes what a restore, and removes what a drill, that a power cut ended has left. */
    public static void recover(BackupFolder folder) {
        Replacements.recover(folder.replacements());
        try {
            UnpackedTree.remove(folder.scratch());
        } catch (IOException e) {
            LOG.warn("What a drill left could not be removed: {}", BackupFolder.words(e));
        }
    }

    /**
     * Refuses early what cannot work.
     *
     * @param into another database, or empty for the live one
     * @throws BackupException {@code FolderMissing}, {@code InvalidInput} or {@code NoSpace}
     */
    void require(Manifest manifest, Optional<String> into, List<KeptFolders.Folder> folders)
            throws BackupException, IOException {
        if (manifest.keptFiles().isEmpty()) {
            return;
        }
        KeptFiles kept = manifest.keptFiles().get();
        if (into.isPresent()) {
            reserve.require(there(beside(into.get())), kept.contentBytes());
            return;
        }
        for (KeptFolders.Folder replaced : replaced(manifest, folders)) {
            Path around = replaced.path().toAbsolutePath().getParent();
            if (around == null || !Files.isDirectory(around)) {
                throw new BackupException(
                        new Problem.FolderMissing(manifest.id().value(), replaced.name()));
            }
            reserve.require(around, kept.contentBytes());
        }
    }

    /** The till's folders that a backup replaces. */
    private static List<KeptFolders.Folder> replaced(Manifest manifest, List<KeptFolders.Folder> folders)
            throws BackupException {
        Map<String, KeptFolders.Folder> named = folders.stream()
                .collect(Collectors.toMap(KeptFolders.Folder::name, Function.identity(), (one, other) -> one));
        for (String name : manifest.keptFiles().orElseThrow().folders()) {
            if (!named.containsKey(name)) {
                throw new BackupException(
                        new Problem.FolderMissing(manifest.id().value(), name));
            }
        }
        return manifest.keptFiles().orElseThrow().folders().stream()
                .map(named::get)
                .toList();
    }

    /**
     * Unpacks beside the till's folders, or beside another database.
     *
     * @param into as for {@link #require}
     */
    Unpacked unpack(Manifest manifest, Optional<String> into, List<KeptFolders.Folder> folders, ActiveRun run)
            throws BackupException, IOException {
        if (manifest.keptFiles().isEmpty()) {
            LOG.info("{}: the backup holds no files; folders stay as they are", run.id());
            return new Nothing();
        }
        return into.isPresent()
                ? elsewhere(manifest, beside(into.get()), run)
                : live(manifest, replaced(manifest, folders), run);
    }

    /** Leaves folders as they are. */
    static Unpacked nothing() {
        return new Nothing();
    }

    private Unpacked live(Manifest manifest, List<KeptFolders.Folder> folders, ActiveRun run)
            throws BackupException, IOException {
        Replacements replacements =
                Replacements.begin(folder.replacements(), folders, manifest.id().value());
        Live live = new Live(replacements);
        unpackOrClose(manifest, replacements.roots(), live, run);
        return live;
    }

    private Unpacked elsewhere(Manifest manifest, Path directory, ActiveRun run) throws BackupException, IOException {
        Path part = directory.resolveSibling(directory.getFileName() + ".part");
        UnpackedTree.remove(part);
        Files.createDirectories(part.getParent());
        SyncedFiles.createDirectory(part);
        Elsewhere elsewhere = new Elsewhere(part, directory);
        unpackOrClose(manifest, roots(manifest, part), elsewhere, run);
        return elsewhere;
    }

    private void unpackOrClose(Manifest manifest, Map<String, Path> roots, Unpacked unpacked, ActiveRun run)
            throws BackupException, IOException {
        boolean done = false;
        try {
            unpack(manifest, roots, true, run);
            done = true;
        } finally {
            if (!done) {
                unpacked.close();
            }
        }
    }

    /** Unpacks into a scratch directory, compares, and throws it away. */
    void rehearse(Manifest manifest, ActiveRun run) throws BackupException, IOException {
        if (manifest.keptFiles().isEmpty()) {
            return;
        }
        folder.requireSpace(manifest.keptFiles().get().contentBytes());
        try {
            UnpackedTree.remove(folder.scratch());
            SyncedFiles.createDirectory(folder.scratch());
            unpack(manifest, roots(manifest, folder.scratch()), false, run);
        } finally {
            UnpackedTree.remove(folder.scratch());
        }
    }

    private static Map<String, Path> roots(Manifest manifest, Path directory) {
        Map<String, Path> roots = new TreeMap<>();
        manifest.keptFiles().orElseThrow().folders().forEach(name -> roots.put(name, directory.resolve(name)));
        return roots;
    }

    private void unpack(Manifest manifest, Map<String, Path> roots, boolean durable, ActiveRun run)
            throws BackupException, IOException {
        BackupArchive archive = BackupArchive.of(manifest).get(1);
        KeptFiles kept = manifest.keptFiles().orElseThrow();
        UnpackedTree tree;
        try (ArchiveInput tar =
                Verification.open(folder.archive(archive), archive, folder.indexed(manifest), run, Phase.LOADING)) {
            tree = UnpackedTree.unpack(tar, kept, roots, durable);
            if (!tar.finish().contentSha256().equals(kept.contentSha256())) {
                throw new BackupException(
                        new Problem.FilesDamaged(manifest.id().value(), "it changed while it was unpacked"));
            }
        }
        long[] before = {0};
        boolean equal = tree.isOnDisk(bytes -> {
            run.at(Phase.COMPARING, bytes, kept.contentBytes());
            run.pace(bytes - before[0]);
            before[0] = bytes;
        });
        if (!equal) {
            throw new BackupException(new Problem.ContentsDiffer(manifest.id().value(), kept.folders()));
        }
    }

    /** Where files go that belong to another database: beside it, or, where it has no path, into the backup folder. */
    private Path beside(String into) throws BackupException {
        try {
            Path database = Path.of(into);
            if (!database.isAbsolute() && !into.matches(PLAIN)) {
                throw new BackupException(new Problem.InvalidInput(into));
            }
            Path directory = folder.path().resolve(into + ".files");
            if (directory.getParent() == null || Files.exists(directory)) {
                throw new BackupException(new Problem.InvalidInput(directory + ": already there"));
            }
            return directory;
        } catch (InvalidPathException e) {
            throw new BackupException(new Problem.InvalidInput(into), e);
        }
    }

    /** The nearest directory around a path that is there. */
    private static Path there(Path path) {
        Path around = path;
        while (!Files.isDirectory(around)) {
            around = around.getParent();
        }
        return around;
    }

    /** Of a backup that holds no files. */
    private static final class Nothing implements Unpacked {
        @Override
        public void activate() {
            // Folders stay as they are.
        }

        @Override
        public void close() {
            // There is nothing to let go.
        }
    }

    private record Live(Replacements replacements) implements Unpacked {
        @Override
        public void activate() throws BackupException {
            replacements.decide();
            replacements.perform();
        }

        @Override
        public void close() {
            replacements.discard();
        }
    }

    private record Elsewhere(Path part, Path directory) implements Unpacked {
        @Override
        public void activate() throws BackupException {
            try {
                Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
                SyncedFiles.syncDirectory(directory.getParent());
            } catch (IOException e) {
                throw new BackupException(new Problem.FilesNotUnpacked(directory.toString(), BackupFolder.words(e)), e);
            }
        }

        @Override
        public void close() {
            try {
                UnpackedTree.remove(part);
            } catch (IOException e) {
                LOG.warn("{} could not be removed: {}", part, BackupFolder.words(e));
            }
        }
    }
}
