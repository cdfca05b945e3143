package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import de.joecash.backup.core.internal.disk.SystemWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Writes entries that were judged into new directories that only their owner enters. Not thread-safe. */
final class Extraction implements EntryVisitor {
    private final Map<String, Path> roots;
    private final boolean durable;
    private final TreeDigest digest;
    private final Deque<Open> around = new ArrayDeque<>();
    private final byte[] buffer = new byte[1 << 16];

    /** A directory that more may come into; its time is set when nothing does. */
    private record Open(String name, Path path, Instant modified) {}

    /**
     * Begins.
     *
     * @param roots where the folders of these names go; nothing is there, but all around it
     * @param durable whether all of it has to survive a power cut
     * @param digest takes in what is written
     */
    Extraction(Map<String, Path> roots, boolean durable, TreeDigest digest) {
        this.roots = roots;
        this.durable = durable;
        this.digest = digest;
    }

    @Override
    public void take(Entry entry, InputStream content) throws BackupException, IOException {
        while (!around.isEmpty() && !entry.name().startsWith(around.peek().name() + "/")) {
            close(around.pop());
        }
        Path path = around.isEmpty()
                ? roots.get(entry.name())
                : FileName.below(
                        around.peek().path(),
                        entry.name().substring(around.peek().name().length() + 1));
        digest.begin(entry);
        switch (entry.kind()) {
            case DIRECTORY -> {
                write(path, () -> SyncedFiles.newDirectory(path));
                around.push(new Open(entry.name(), path, entry.modified()));
            }
            case FILE -> file(entry, path, content);
            case LINK -> write(path, () -> Files.createSymbolicLink(path, FileName.path(entry.target())));
        }
    }

    /** Ends it; everything is on the disk where it has to be. */
    void finish() throws BackupException, IOException {
        while (!around.isEmpty()) {
            close(around.pop());
        }
        for (Path root : roots.values()) {
            sync(root.getParent());
        }
    }

    private void file(Entry entry, Path path, InputStream content) throws BackupException, IOException {
        try (FileChannel channel = opened(path)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.content(buffer, count);
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
                write(path, () -> {
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                });
            }
            if (durable) {
                write(path, () -> channel.force(true));
            }
        }
        write(path, () -> {
            if (entry.executable()) {
                allowToExecute(path);
            }
            Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
        });
    }

    private static FileChannel opened(Path path) throws BackupException {
        try {
            return SyncedFiles.createNew(path);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static void allowToExecute(Path path) throws IOException {
        PosixFileAttributeView permissions = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (permissions != null) {
            permissions.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void close(Open directory) throws BackupException, IOException {
        sync(directory.path());
        write(directory.path(), () -> Files.setLastModifiedTime(directory.path(), FileTime.from(directory.modified())));
    }

    private void sync(Path directory) throws BackupException, IOException {
        if (durable) {
            write(directory, () -> SyncedFiles.syncDirectory(directory));
        }
    }

    private interface Writing {
        void perform() throws IOException;
    }

    private static void write(Path path, Writing writing) throws BackupException {
        try {
            writing.perform();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static BackupException failed(Path path, IOException e) {
        return new BackupException(new Problem.FilesNotUnpacked(path.toString(), SystemWords.of(e)), e);
    }
}
