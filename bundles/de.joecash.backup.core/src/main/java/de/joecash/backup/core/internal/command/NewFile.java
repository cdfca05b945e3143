package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that has its name only once it is whole and on the disk: until then it is a {@code .part} beside it, which
 * goes if it is given up, and what had the name before stays. Only its owner may read it. Not thread-safe.
 */
final class NewFile extends FilterOutputStream {
    private final Path name;
    private final Path part;
    private final FileChannel channel;

    NewFile(Path name) throws IOException {
        this(name.toAbsolutePath(), name.toAbsolutePath().resolveSibling(name.getFileName() + ".part"));
    }

    private NewFile(Path name, Path part) throws IOException {
        this(name, part, SyncedFiles.create(part));
    }

    private NewFile(Path name, Path part, FileChannel channel) {
        super(Channels.newOutputStream(channel));
        this.name = name;
        this.part = part;
        this.channel = channel;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    /** Where it is until it has its name. */
    Path part() {
        return part;
    }

    /** Puts it on the disk. */
    void sync() throws IOException {
        channel.force(true);
    }

    /** Puts it on the disk and gives it its name; nothing may be written after that. */
    void publish() throws IOException {
        sync();
        channel.close();
        SyncedFiles.publish(part, name);
    }

    /** Gives it up if it was not published. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
