package de.joecash.backup.destination.file.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a file from the medium itself, past the system's cache where the file system can: out of the cache a file is
 * right even where the medium has kept nothing of it.
 */
record ReadBack(StopCheck stop) {
    private static final int CHUNK = 1 << 20;
    private static final int LARGEST_SECTOR = 4096;
    private static final Optional<OpenOption> DIRECT = direct();

    /** Digests {@code length} bytes; a file of another length has an empty digest. */
    byte[] digest(Path file, long length) throws BackupException, IOException {
        if (Files.size(file) != length) {
            return new byte[0];
        }
        try (FileChannel channel = open(file)) {
            return digest(channel, length, alignment(file));
        }
    }

    private static FileChannel open(Path file) throws IOException {
        if (DIRECT.isPresent()) {
            try {
                return FileChannel.open(file, Set.of(READ, NOFOLLOW_LINKS, DIRECT.get()));
            } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
                // Not on this file system (tmpfs, some of FUSE): then through the cache. Once open, an error counts.
            }
        }
        return FileChannel.open(file, READ, NOFOLLOW_LINKS);
    }

    /** Memory, position and length of a direct read are multiples of the file system's and the disk's blocks. */
    private static int alignment(Path file) {
        try {
            return Math.toIntExact(
                    Math.max(LARGEST_SECTOR, Files.getFileStore(file).getBlockSize()));
        } catch (IOException | UnsupportedOperationException e) {
            return LARGEST_SECTOR;
        }
    }

    private byte[] digest(FileChannel channel, long length, int alignment) throws BackupException, IOException {
        MessageDigest digest = sha256();
        int size = Math.max(CHUNK / alignment, 1) * alignment;
        ByteBuffer chunk = ByteBuffer.allocateDirect(size + alignment).alignedSlice(alignment);
        long count = 0;
        while (count < length) {
            stop.check();
            int read = channel.read(chunk.clear().limit(size), count);
            if (read <= 0) {
                break;
            }
            count += read;
            digest.update(chunk.flip());
        }
        return count == length ? digest.digest() : new byte[0];
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
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
