package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way here; what goes wrong says what it means. */
final class Download extends InputStream {
    private final RemoteDirectory directory;
    private final InputStream in;
    private boolean closed;

    Download(RemoteDirectory directory, InputStream in) {
        this.directory = directory;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int limit) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try {
            return directory.ask(connection -> in.read(target, offset, limit));
        } catch (BackupException e) {
            closed = true;
            throw carrying(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            directory.perform(connection -> in.close());
        } catch (BackupException e) {
            throw carrying(e);
        }
    }

    private static IOException carrying(BackupException e) {
        return new IOException(e.getMessage(), e);
    }
}
