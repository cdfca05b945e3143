package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import de.joecash.backup.KeptFiles;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.KeptFolders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The folders that a host wants kept, as one tree. */
public final class KeptTree {
    /** Says that a file has become shorter since its length was written down; see {@link #changed}. */
    static final String SHRINKS = "shrinks";

    private static final int BUFFER = 1 << 16;

    private final List<FolderTree> folders;

    private KeptTree(List<FolderTree> folders) {
        this.folders = folders;
    }

    /** No folder at all. */
    public static KeptTree none() {
        return new KeptTree(List.of());
    }

    /**
     * Takes the folders together.
     *
     * @param offLimits where no kept folder may be, nor they in one
     * @throws BackupException {@code FileNotKept} where a folder cannot be kept
     */
    public static KeptTree of(List<KeptFolders.Folder> folders, List<Path> offLimits) throws BackupException {
        List<FolderTree> trees = new ArrayList<>();
        List<Path> taken = new ArrayList<>();
        for (Path path : offLimits) {
            taken.add(real(path));
        }
        for (KeptFolders.Folder folder : folders.stream()
                .sorted(Comparator.comparing(KeptFolders.Folder::name))
                .toList()) {
            require(folder.name().matches(KeptFiles.NAME), folder.name(), "folder-name");
            require(trees.stream().noneMatch(tree -> tree.name().equals(folder.name())), folder.name(), "twice");
            require(folder.path().isAbsolute(), folder.path().toString(), "not-absolute");
            Path real = real(folder.path());
            require(
                    taken.stream().noneMatch(path -> path.startsWith(real) || real.startsWith(path)),
                    folder.path().toString(),
                    "overlaps");
            taken.add(real);
            trees.add(new FolderTree(folder.name(), folder.path()));
        }
        return new KeptTree(trees);
    }

    private static void require(boolean holds, String file, String detail) throws BackupException {
        if (!holds) {
            throw new BackupException(new Problem.FileNotKept(file, detail));
        }
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path.normalize();
        } catch (IOException e) {
            // Whoever reads it is told why.
            return path.normalize();
        }
    }

    /** Whether there is no folder. */
    public boolean isEmpty() {
        return folders.isEmpty();
    }

    /** The folders' names, sorted. */
    public List<String> names() {
        return folders.stream().map(FolderTree::name).toList();
    }

    /** Adds up the lengths of the files, as they are now. */
    public long bytes() throws BackupException, IOException {
        long[] bytes = {0};
        for (FolderTree folder : folders) {
            folder.show((entry, content) -> bytes[0] += entry.bytes());
        }
        return bytes[0];
    }

    /**
     * Writes everything as a tar file.
     *
     * @param out takes it; not closed
     * @return number of files
     * @throws BackupException {@code FileNotKept}, perhaps carried by an {@link IOException}
     */
    public long write(OutputStream out) throws BackupException, IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        TarWriter tar = new TarWriter(buffered);
        long[] files = {0};
        for (FolderTree folder : folders) {
            folder.show((entry, content) -> {
                tar.take(entry, content);
                files[0] += entry.kind() == Entry.Kind.FILE ? 1 : 0;
            });
        }
        tar.finish();
        buffered.flush();
        return files[0];
    }

    /** Whether a problem is that a file was changed while it was read, so that another attempt may succeed. */
    public static boolean changed(Problem problem) {
        return problem instanceof Problem.FileNotKept file && file.detail().equals(SHRINKS);
    }
}
