package de.joecash.backup.destination.file.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Files one behind the other, of which one at a time is open. */
final class JoinedInput extends InputStream {
    private final List<Path> files;
    private int next;
    private InputStream current = InputStream.nullInputStream();

    /**
     * Opens them.
     *
     * @param offset how many bytes are left out at the beginning
     */
    JoinedInput(List<Path> files, long offset) throws IOException {
        this.files = files;
        long left = offset;
        while (next < files.size() && left >= Files.size(files.get(next))) {
            left -= Files.size(files.get(next++));
        }
        if (next < files.size()) {
            current = open(files.get(next++), left);
        }
    }

    /** Opens one file; follows no link. */
    static InputStream open(Path file, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return Channels.newInputStream(channel.position(offset));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = current.read(target, offset, length);
        while (count < 0 && next < files.size()) {
            current.close();
            current = InputStream.nullInputStream();
            current = open(files.get(next++), 0);
            count = current.read(target, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        next = files.size();
        current.close();
    }
}
