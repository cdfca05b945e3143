package de.joecash.pos.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory of one host, held against every other process until it is closed. Its lock file is opened once: closing
 * a second channel on it would drop the lock.
 */
final class DataDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String LOCK = "joecash.lock";

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Creates the directory where it is missing, for its owner only, and takes it. One that is there already and holds
     * somebody else's files keeps its permissions.
     */
    static DataDirectory open(Path root) throws Refusal {
        return open(root, "data");
    }

    /**
     * As {@link #open(Path)}.
     *
     * @param texts begins the names of the texts that refuse it
     */
    static DataDirectory open(Path root, String texts) throws Refusal {
        try {
            prepare(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new Refusal(Refusal.FAILED, Texts.text(texts + ".inUse", root));
            }
            DataDirectory data = new DataDirectory(root, channel);
            // Configurations hold passwords: also where others may enter the directory itself.
            for (Path own : List.of(data.framework(), data.log())) {
                Files.createDirectories(own);
                closeToOthers(own);
            }
            return data;
        } catch (IOException e) {
            throw new Refusal(Refusal.FAILED, Texts.text(texts + ".unusable", root, e.toString()), e);
        }
    }

    private static void prepare(Path root) throws IOException {
        if (Files.notExists(root)) {
            Files.createDirectories(root);
            closeToOthers(root);
        } else if (Files.isDirectory(root) && (Files.exists(root.resolve(LOCK)) || isEmpty(root))) {
            closeToOthers(root);
        }
    }

    private static void closeToOthers(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")
                && !Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    Path framework() {
        return root.resolve("framework");
    }

    Path log() {
        return root.resolve("log");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
