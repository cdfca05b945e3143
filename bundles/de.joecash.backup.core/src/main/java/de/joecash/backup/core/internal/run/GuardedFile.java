package de.joecash.backup.core.internal.run;

import de.joecash.backup.BackupException;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.disk.SyncedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A new file in the backup folder that stops growing when the run is cancelled or the disk nears its reserve. Whatever
 * the disk refuses is carried as a {@link StoppedException} that says what is wrong with the folder.
 */
public final class GuardedFile extends OutputStream {
    private static final long LOOK_EVERY = 4 << 20;

    private final BackupFolder folder;
    private final ActiveRun run;
    private final FileChannel channel;
    private long untilLook = LOOK_EVERY;

    /** Creates it; one that is there is replaced. */
    public GuardedFile(Path path, BackupFolder folder, ActiveRun run) throws IOException {
        this.folder = folder;
        this.run = run;
        try {
            this.channel = SyncedFiles.create(path);
        } catch (IOException e) {
            throw new StoppedException(folder.unusable(e));
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Writes at a place in the file, be it behind what was written so far; for those who write nothing otherwise. */
    public void writeAt(long place, byte[] buffer, int length) throws IOException {
        look(length);
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, length);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest, place + rest.position());
            }
        } catch (IOException e) {
            throw new StoppedException(folder.unusable(e));
        }
    }

    private void look(int length) throws StoppedException {
        run.goOn();
        untilLook -= length;
        if (untilLook <= 0) {
            untilLook = LOOK_EVERY;
            requireReserve();
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        look(length);
        ByteBuffer rest = ByteBuffer.wrap(buffer, offset, length);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw new StoppedException(folder.unusable(e));
        }
    }

    /** Forces what was written to the disk. */
    public void sync() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw new StoppedException(folder.unusable(e));
        }
    }

    private void requireReserve() throws StoppedException {
        try {
            folder.requireSpace(0);
        } catch (BackupException e) {
            throw new StoppedException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
