package de.joecash.backup.update.internal.apply;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the updater keeps what it needs beyond a power cut: only its owner may look into it. */
public final class UpdateFolder {
    /** The name of what says what is under way. */
    static final String JOURNAL = "journal.json";

    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path root;

    /** @param root is made when it is needed */
    public UpdateFolder(Path root) {
        this.root = root;
    }

    /** A directory with nothing in it, for the bundles of a set. */
    Path staged() throws IOException {
        return empty("staged");
    }

    /** A directory with nothing in it, for what was installed. */
    Path emptyRollback() throws IOException {
        return empty("rollback");
    }

    Path rollback() {
        return root.resolve("rollback");
    }

    private Path empty(String name) throws IOException {
        Path directory = root.resolve(name);
        delete(directory);
        FileAttribute<?>[] owner = POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(directory, owner);
        return directory;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(directory)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    /** What is under way, or was when the server went off. */
    Optional<Journal> journal() throws IOException {
        return read(JOURNAL, Journal.class);
    }

    /** Says what is under way; from here on it is put back if nobody says that it ended. */
    void begin(Journal journal) throws IOException {
        syncDirectory(rollback());
        replace(JOURNAL, JSON.toJson(journal));
    }

    /** Says what became of it, and that nothing has to be put back any more. */
    void end(LastUpdate last) throws IOException {
        say(last);
        Files.deleteIfExists(root.resolve(JOURNAL));
        syncDirectory(root);
    }

    /** Removes what only an update under way needs. */
    void clear() throws IOException {
        delete(rollback());
        clearStaged();
    }

    /** Removes the bundles of a set. */
    void clearStaged() throws IOException {
        delete(root.resolve("staged"));
    }

    /** Says what became of an update. */
    void say(LastUpdate last) throws IOException {
        replace("last.json", JSON.toJson(last));
    }

    /** What became of the last one that changed anything. */
    public Optional<LastUpdate> last() throws IOException {
        return read("last.json", LastUpdate.class);
    }

    /** Whether something waits to be put back. */
    public boolean waits() {
        return Files.exists(root.resolve(JOURNAL));
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        try {
            return Optional.ofNullable(JSON.fromJson(Files.readString(root.resolve(name)), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // Not by its kind: what a record's own check throws comes from Gson as a plain one.
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private void replace(String name, String text) throws IOException {
        Files.createDirectories(root);
        Path part = root.resolve(name + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(root);
    }

    /**
     * Puts on the disk what the framework wrote since: it does not do so itself, and a power cut right after an update
     * would leave half a bundle.
     *
     * @param storage the framework's
     */
    static void sync(Path storage, FileTime since) throws IOException {
        Files.walkFileTree(storage, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && attributes.lastModifiedTime().compareTo(since) >= 0) {
                    syncIfThere(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // Others work there too: it is gone meanwhile, or theirs alone.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                if (POSIX) {
                    syncIfThere(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void syncIfThere(Path path) throws IOException {
        FileChannel opened;
        try {
            opened = POSIX ? FileChannel.open(path) : FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // As in visitFileFailed.
            return;
        }
        try (FileChannel channel = opened) {
            channel.force(true);
        }
    }

    private static void syncDirectory(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            }
        }
    }
}
