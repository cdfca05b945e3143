package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.BackupException;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way here. The end of the data connection is the end of the file only where all of it has come. */
final class Download extends InputStream {
    private final RemoteDirectory directory;
    private final Connection connection;
    private final InputStream in;
    private final long length;
    private long count;
    private boolean closed;

    Download(RemoteDirectory directory, Connection connection, InputStream in, long length) {
        this.directory = directory;
        this.connection = connection;
        this.in = in;
        this.length = length;
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
        int read;
        try {
            read = in.read(target, offset, limit);
        } catch (IOException e) {
            throw carrying(directory.broken(connection, e));
        }
        if (read < 0 && count != length) {
            throw carrying(directory.broken(
                    connection, new IOException("the file ended after " + count + " of " + length + " bytes")));
        }
        count += Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (count != length) {
            // What is left of the transfer is not waited for.
            directory.hangUp();
            return;
        }
        try {
            in.close();
            connection.endTransfer();
        } catch (IOException e) {
            throw carrying(directory.broken(connection, e));
        } catch (BackupException e) {
            throw carrying(e);
        }
    }

    private static IOException carrying(BackupException e) {
        return new IOException(e.getMessage(), e);
    }
}
