package de.joecash.backup.core.internal.command;

import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that has its name only once it is whole and, unless that is declined, on the disk: until then it is a
 * {@code .part} beside it, which goes if it is given up, and what had the name before stays. Only its owner may read
 * it. Not thread-safe.
 */
final class NewFile extends FilterOutputStream {
    private final Path name;
    private final Path part;
    private final boolean synced;
    private final FileChannel channel;

    /**
     * Begins one.
     *
     * @param synced whether it survives a power cut once it has its name
     */
    NewFile(Path name, boolean synced) throws IOException {
        this(name.toAbsolutePath(), name.toAbsolutePath().resolveSibling(name.getFileName() + ".part"), synced);
    }

    private NewFile(Path name, Path part, boolean synced) throws IOException {
        this(name, part, synced, SyncedFiles.create(part));
    }

    private NewFile(Path name, Path part, boolean synced, FileChannel channel) {
        super(Channels.newOutputStream(channel));
        this.name = name;
        this.part = part;
        this.synced = synced;
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

    /** Gives it its name; nothing may be written after that. */
    void publish() throws IOException {
        if (synced) {
            sync();
            channel.close();
            SyncedFiles.publish(part, name);
        } else {
            channel.close();
            Files.move(part, name, StandardCopyOption.REPLACE_EXISTING);
        }
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
