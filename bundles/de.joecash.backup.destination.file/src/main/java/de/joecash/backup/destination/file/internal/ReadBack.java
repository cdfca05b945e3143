package de.joecash.backup.destination.file.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a file from the medium itself, past the system's cache where the file system can: out of the cache a file is
 * right even where the medium has kept nothing of it.
 */
record ReadBack(Medium medium, StopCheck stop) {
    private static final int CHUNK = 1 << 20;
    private static final int LARGEST_SECTOR = 4096;
    private static final Optional<OpenOption> DIRECT = direct();

    /**
     * Compares every byte.
     *
     * @param in what the file must hold, from its beginning
     * @return whether the file holds {@code length} bytes, and these
     * @throws BackupException if the medium cannot be read
     * @throws IOException if {@code in} threw it
     */
    boolean holds(Path file, InputStream in, long length) throws BackupException, IOException {
        int alignment = alignment(file);
        int size = Math.max(CHUNK / alignment, 1) * alignment;
        // Memory, position and length of a direct read are multiples of the file system's and the disk's blocks.
        ByteBuffer chunk = ByteBuffer.allocateDirect(size + alignment).alignedSlice(alignment);
        try (FileChannel channel = open(file);
                ReadAhead expected = new ReadAhead(in, size)) {
            long count = 0;
            while (count < length) {
                stop.check();
                int read = read(channel, chunk.clear().limit(size), count);
                if (!expected.next().equals(chunk.flip()) || read <= 0) {
                    return false;
                }
                count += read;
            }
            // A chunk that was not full has shown the end.
            return count % size != 0 || read(channel, chunk.clear().limit(alignment), count) <= 0;
        }
    }

    /** Fills the chunk, but at the end; a direct read must not begin behind it. */
    private int read(FileChannel channel, ByteBuffer chunk, long position) throws BackupException {
        try {
            int read;
            do {
                read = channel.read(chunk, position + chunk.position());
            } while (read > 0 && chunk.hasRemaining() && position + chunk.position() < channel.size());
            return chunk.position();
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    private FileChannel open(Path file) throws BackupException {
        if (DIRECT.isPresent()) {
            try {
                return FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS, DIRECT.get()));
            } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
                // Not on this file system (tmpfs, some of FUSE): then through the cache. Once open, an error counts.
            }
        }
        try {
            return FileChannel.open(file, READ, NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw MediumCheck.failed(medium.configured(), e);
        }
    }

    private static int alignment(Path file) {
        try {
            return Math.toIntExact(
                    Math.max(LARGEST_SECTOR, Files.getFileStore(file).getBlockSize()));
        } catch (IOException | UnsupportedOperationException e) {
            return LARGEST_SECTOR;
        }
    }

    /**
     * {@code com.sun.nio.file.ExtendedOpenOption.DIRECT}, looked up by name: not every framework exports its package to
     * bundles.
     */
    private static Optional<OpenOption> direct() {
        try {
            Class<?> type = Class.forName("com.sun.nio.file.ExtendedOpenOption", true, null);
            return Stream.of(type.getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
