package de.joecash.backup.core.internal.files;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.disk.SystemWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder on the disk as a tree, walked while others write to it: what vanishes before it is reached is left out, a
 * file is read up to the length that it had when it was opened. Memory: the names in the directories around an entry.
 * Not thread-safe.
 *
 * @param name what the folder is called in the tree
 * @param path where it is; a link is followed here, and nowhere below
 */
record FolderTree(String name, Path path) {
    /**
     * Shows everything in it to a visitor.
     *
     * @throws BackupException {@code FileNotKept} where something is neither file nor directory nor link, leads out,
     *     has a name that could not be restored, or cannot be read; perhaps carried by an {@link IOException}
     */
    void show(EntryVisitor visitor) throws BackupException, IOException {
        if (Files.notExists(path)) {
            throw notKept(path, "missing");
        }
        Path real = path.toRealPath();
        Optional<BasicFileAttributes> attributes = attributes(real);
        if (!attributes.map(BasicFileAttributes::isDirectory).orElse(false)) {
            throw notKept(path, "not-a-directory");
        }
        directory(name, real, attributes.get(), visitor);
    }

    private static void directory(String name, Path path, BasicFileAttributes attributes, EntryVisitor visitor)
            throws BackupException, IOException {
        visitor.take(Entry.directory(name, modified(attributes)), InputStream.nullInputStream());
        for (String part : parts(path)) {
            Path child = FileName.below(path, part);
            Optional<BasicFileAttributes> seen = attributes(child);
            if (seen.isPresent()) {
                any(name + "/" + part, child, seen.get(), visitor);
            }
        }
    }

    private static void any(String name, Path path, BasicFileAttributes attributes, EntryVisitor visitor)
            throws BackupException, IOException {
        if (!EntryName.plain(name)) {
            throw notKept(path, "name");
        }
        if (attributes.isSymbolicLink()) {
            link(name, path, visitor);
        } else if (attributes.isDirectory()) {
            directory(name, path, attributes, visitor);
        } else if (attributes.isRegularFile()) {
            file(name, path, attributes, visitor);
        } else {
            throw notKept(path, "special");
        }
    }

    private static void link(String name, Path path, EntryVisitor visitor) throws BackupException, IOException {
        Path read;
        try {
            read = Files.readSymbolicLink(path);
        } catch (NoSuchFileException e) {
            return;
        }
        Optional<String> target = FileName.textOfAll(read);
        if (target.isEmpty() || !EntryName.staysInside(name, target.get())) {
            throw notKept(path, "link");
        }
        visitor.take(Entry.link(name, target.get()), InputStream.nullInputStream());
    }

    private static void file(String name, Path path, BasicFileAttributes attributes, EntryVisitor visitor)
            throws BackupException, IOException {
        try (FileChannel channel = open(path)) {
            if (channel == null) {
                return;
            }
            long bytes = channel.size();
            visitor.take(
                    new Entry(Entry.Kind.FILE, name, bytes, Files.isExecutable(path), modified(attributes), ""),
                    new Announced(path, channel, bytes));
        }
    }

    /** Opens a file; null where it has vanished. */
    private static FileChannel open(Path path) throws BackupException {
        try {
            return FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw notKept(path, SystemWords.of(e), e);
        }
    }

    private static List<String> parts(Path directory) throws BackupException {
        List<String> parts = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                parts.add(FileName.text(child.getFileName()).orElseThrow(() -> notKept(child, "name")));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw notKept(directory, SystemWords.of(e.getCause()), e);
        } catch (IOException e) {
            throw notKept(directory, SystemWords.of(e), e);
        }
        Collections.sort(parts);
        return parts;
    }

    /** Empty where it has vanished. */
    private static Optional<BasicFileAttributes> attributes(Path path) throws BackupException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw notKept(path, SystemWords.of(e), e);
        }
    }

    private static Instant modified(BasicFileAttributes attributes) {
        return Instant.ofEpochSecond(attributes.lastModifiedTime().toInstant().getEpochSecond());
    }

    private static BackupException notKept(Path path, String detail) {
        return notKept(path, detail, null);
    }

    private static BackupException notKept(Path path, String detail, Exception cause) {
        return new BackupException(new Problem.FileNotKept(path.toString(), detail), cause);
    }

    /** A file up to the length that was announced; a shorter one fails, for its header is written already. */
    private static final class Announced extends InputStream {
        private final Path path;
        private final FileChannel channel;
        private long left;

        Announced(Path path, FileChannel channel, long bytes) {
            this.path = path;
            this.channel = channel;
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = readSome(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)));
            if (count < 0) {
                throw Carried.of(notKept(path, KeptTree.SHRINKS));
            }
            left -= count;
            return count;
        }

        private int readSome(ByteBuffer into) throws IOException {
            try {
                return channel.read(into);
            } catch (IOException e) {
                throw Carried.of(notKept(path, SystemWords.of(e), e));
            }
        }
    }
}
