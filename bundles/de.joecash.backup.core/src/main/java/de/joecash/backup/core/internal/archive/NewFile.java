package de.joecash.backup.core.internal.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that has its name only once it is whole and on the disk: until then it is a {@code .part} beside it, which
 * goes if it is given up, and what had the name before stays. Not thread-safe.
 */
final class NewFile extends FilterOutputStream {
    private final Path name;
    private final Path part;

    NewFile(Path name) throws IOException {
        this(name.toAbsolutePath(), name.toAbsolutePath().resolveSibling(name.getFileName() + ".part"));
    }

    private NewFile(Path name, Path part) throws IOException {
        super(Files.newOutputStream(part));
        this.name = name;
        this.part = part;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    /** Where it is until it has its name. */
    Path part() {
        return part;
    }

    /** Puts it on the disk; nothing may be written after that. */
    void sync() throws IOException {
        out.close();
        sync(part, StandardOpenOption.WRITE);
    }

    /** Puts it on the disk and gives it its name; nothing may be written after that. */
    void publish() throws IOException {
        sync();
        Files.move(part, name, StandardCopyOption.ATOMIC_MOVE);
        // The new name too: after a power cut vfat has none otherwise.
        sync(name, StandardOpenOption.WRITE);
        sync(name.getParent(), StandardOpenOption.READ);
    }

    private static void sync(Path path, OpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Gives it up if it was not published. */
    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes a small file. */
    static void write(Path name, byte[] bytes) throws IOException {
        try (NewFile file = new NewFile(name)) {
            file.write(bytes, 0, bytes.length);
            file.publish();
        }
    }
}
