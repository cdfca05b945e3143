package de.joecash.backup.destination.file.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that is being put onto a medium, as {@code .part} first.
 *
 * <p>The new name is synced because vfat loses a file that was synced, renamed and had its directory synced when the
 * power is cut then.
 */
final class PartFile {
    private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
    private static final int CHUNK = 1 << 18;

    /**
     * So much is on its way to the medium while as much is written: more would only fill the server's memory, and
     * whoever stops it has to wait for it.
     */
    private static final long SYNC_EVERY = 8L << 20;

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Medium medium;
    private final MediumCheck check;
    private final StopCheck stop;
    private final Path file;
    private final Path part;
    private final String name;
    private boolean published;

    PartFile(Medium medium, MediumCheck check, StopCheck stop, Path file) {
        this.medium = medium;
        this.check = check;
        this.stop = stop;
        this.file = file;
        this.name = file.getFileName().toString();
        this.part = new LeftOvers(medium).part(file);
    }

    void refuseTaken() throws BackupException {
        refuseTaken(file);
    }

    static void refuseTaken(Path file) throws BackupException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupException(new Problem.NameTaken(
                    DestinationProvider.MEDIUM, file.getFileName().toString()));
        }
    }

    void removeLeftOver() throws BackupException {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Writes all of a content as {@code .part}, and syncs it.
     *
     * @throws BackupException {@code CopyDiffers} where it has another length; or if it cannot be written
     * @throws IOException if {@code in} threw it
     */
    void write(InputStream in, long length, LongConsumer sent) throws BackupException, IOException {
        try (FileChannel channel = create();
                Overlap syncing = new Overlap("joecash-medium-sync");
                ReadAhead content = new ReadAhead(in, CHUNK)) {
            // Created after the last look: it is on the medium, or nothing is written to it.
            check.refuseIfGone(medium);
            long count = 0;
            long synced = 0;
            for (ByteBuffer chunk = content.next(); chunk.hasRemaining(); chunk = content.next()) {
                stop.check();
                count += chunk.remaining();
                if (count > length) {
                    throw differs("longer than the " + length + " bytes it was said to have");
                }
                write(channel, chunk, length - count);
                if (count - synced >= SYNC_EVERY) {
                    sync(syncing, channel);
                    synced = count;
                }
                sent.accept(count);
            }
            if (count < length) {
                throw differs(count + " bytes instead of " + length);
            }
            force(syncing, channel);
        }
    }

    /**
     * Gives it its name, which the folder's next sync makes last. Not REPLACE_EXISTING: what came to the name since it
     * was looked at stays. FAT has no hard links to do better.
     */
    void publish() throws BackupException {
        refuseTaken();
        try {
            Files.move(part, file);
            published = true;
            Sync.file(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Reads it back, under the name that it has now.
     *
     * @param in the content once more, from where the file begins
     * @throws BackupException {@code CopyDiffers} where the medium gives other bytes; or if it gives none
     * @throws IOException if {@code in} threw it
     */
    void prove(InputStream in, long length) throws BackupException, IOException {
        if (!new ReadBack(medium, stop).holds(published ? file : part, in, length)) {
            throw differs("read back, it is different");
        }
        check.refuseIfGone(medium);
    }

    /** A published file only while the medium is there: behind it, the same path may be another file. */
    void remove() {
        try {
            if (published) {
                check.refuseIfGone(medium);
            }
            if (Files.deleteIfExists(published ? file : part)) {
                Sync.directory(medium.folder());
            }
        } catch (BackupException | IOException e) {
            LOG.warn("What was not proven of {} could not be removed from the medium", name, e);
        }
    }

    private FileChannel create() throws BackupException {
        try {
            return FileChannel.open(
                    part,
                    NEW_FILE,
                    Sync.posix()
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                            }
                            : new FileAttribute<?>[0]);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(FileChannel channel, ByteBuffer bytes, long missing) throws BackupException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            long needed = bytes.remaining() + missing;
            if (medium.free() < needed) {
                throw new BackupException(medium.noSpace(needed), e);
            }
            throw failed(e);
        }
    }

    private void sync(Overlap syncing, FileChannel channel) throws BackupException {
        try {
            syncing.next(() -> channel.force(false));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What an earlier sync found is told to that one alone (fsync(2)). */
    private void force(Overlap syncing, FileChannel channel) throws BackupException {
        try {
            syncing.await();
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private BackupException differs(String detail) {
        return new BackupException(new Problem.CopyDiffers(DestinationProvider.MEDIUM, name, detail));
    }

    private BackupException failed(IOException e) {
        return MediumCheck.failed(medium.configured(), e);
    }
}
