package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.core.internal.catalogue.BackupFolder;
import de.joecash.backup.core.internal.run.StoppedException;
import de.joecash.backup.spi.Destination;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file at a destination, read from its beginning as far as its length; where the line breaks it is opened again and
 * goes on where it stopped. What is wrong with the destination is carried as a {@link StoppedException}: any other
 * exception of whoever reads on top of this one is about the content. Not thread-safe.
 */
final class ResumedInput extends InputStream {
    /** How often a file is opened again. */
    static final int MOST_BREAKS = 5;

    private final Destination destination;
    private final String name;
    private final long bytes;
    private InputStream open = InputStream.nullInputStream();
    private boolean begun;
    private long at;
    private int breaks;

    /**
     * Reads a file.
     *
     * @param bytes its length; what is there beyond it is not read
     */
    ResumedInput(Destination destination, String name, long bytes) {
        this.destination = destination;
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at < bytes) {
            try {
                int count = more(buffer, offset, (int) Math.min(length, bytes - at));
                at += count;
                return count;
            } catch (BackupException e) {
                goOnOrStop(e);
            } catch (IOException e) {
                goOnOrStop(
                        e.getCause() instanceof BackupException carried
                                ? carried
                                : new BackupException(new Problem.Unexpected(BackupFolder.words(e)), e));
            }
        }
        return -1;
    }

    private int more(byte[] buffer, int offset, int length) throws BackupException, IOException {
        if (!begun) {
            open = destination.open(name, at);
            begun = true;
        }
        int count = open.read(buffer, offset, length);
        if (count < 0) {
            throw new EOFException();
        }
        return count;
    }

    private void goOnOrStop(BackupException e) throws StoppedException {
        close();
        breaks++;
        boolean broken = e.problem() instanceof Problem.ServerUnreachable
                || e.problem() instanceof Problem.ServerBusy
                || e.problem() instanceof Problem.Unexpected;
        if (!broken || breaks > MOST_BREAKS) {
            throw new StoppedException(e);
        }
    }

    @Override
    public void close() {
        begun = false;
        try {
            open.close();
        } catch (IOException e) {
            // A line that is broken says so again; what was read is compared by its digest.
            return;
        } finally {
            open = InputStream.nullInputStream();
        }
    }
}
