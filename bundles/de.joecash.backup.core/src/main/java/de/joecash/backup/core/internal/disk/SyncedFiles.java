package de.joecash.backup.core.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that a power cut leaves whole: written aside, synced, renamed, and synced again under the new name. */
public final class SyncedFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SyncedFiles() {}

    /** Opens a new file that only its owner may read, in place of one that is there. A link there is not followed. */
    public static FileChannel create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return createNew(file);
    }

    /** As {@link #create}, where nothing may be there. */
    public static FileChannel createNew(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                owner("rw-------"));
    }

    /** Creates a directory that only its owner may enter, unless it is there. */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            newDirectory(directory);
        }
    }

    /** As {@link #createDirectory}, where nothing may be there. */
    public static void newDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, owner("rwx------"));
    }

    /** Puts a small text in a file's place, whole or not at all. */
    public static void replace(Path file, byte[] text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            write(part, text);
            publish(part, file);
        } catch (IOException e) {
            remove(part, e);
            throw e;
        }
    }

    /** Removes what a failure left; that this fails too goes with the failure. */
    private static void remove(Path file, IOException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Writes a small file and syncs it. */
    public static void write(Path file, byte[] text) throws IOException {
        try (FileChannel channel = create(file)) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Renames a synced file, and syncs the new name and the directory: vfat forgets the rename otherwise. */
    public static void publish(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        syncDirectory(to.toAbsolutePath().getParent());
    }

    /** Syncs a directory's entries, where the system can. */
    public static void syncDirectory(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
