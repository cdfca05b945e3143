package de.joecash.backup.destination.sftp.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Reads a part of one file, many reads under way at once. A file that ends earlier is an {@link IOException}. */
final class Receiving extends InputStream {
    private static final int UNDER_WAY = 1 << 20;

    private record Read(int id, long offset, int length) {}

    private final Sftp sftp;
    private final CloseableHandle handle;
    private final long end;
    private final Deque<Read> reads = new ArrayDeque<>();
    private long asked;
    private byte[] piece = new byte[0];
    private int at;

    Receiving(Sftp sftp, CloseableHandle handle, long from, long end) {
        this.sftp = sftp;
        this.handle = handle;
        this.end = end;
        asked = from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int limit) throws IOException {
        if (limit == 0) {
            return 0;
        }
        if (at == piece.length && !next()) {
            return -1;
        }
        int count = Math.min(limit, piece.length - at);
        System.arraycopy(piece, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        ask();
        if (reads.isEmpty()) {
            return false;
        }
        Read oldest = reads.remove();
        piece = data(oldest);
        at = 0;
        int missing = oldest.length() - piece.length;
        if (missing > 0) {
            // A server may give less than was asked for, without being at the end.
            long from = oldest.offset() + piece.length;
            reads.addFirst(new Read(sftp.beginRead(handle, from, missing), from, missing));
        }
        return true;
    }

    private void ask() throws IOException {
        int longest = sftp.piece(handle);
        while (asked < end && reads.size() < UNDER_WAY / longest) {
            int length = (int) Math.min(longest, end - asked);
            reads.add(new Read(sftp.beginRead(handle, asked, length), asked, length));
            asked += length;
        }
    }

    private byte[] data(Read read) throws IOException {
        try {
            byte[] data = sftp.read(read.id());
            if (data.length == 0 || data.length > read.length()) {
                throw new IOException(data.length + " bytes came instead of " + read.length());
            }
            return data;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_EOF) {
                throw new EOFException("the file ended after " + read.offset() + " of " + end + " bytes");
            }
            throw e;
        }
    }

    /** Hears what is under way still, so that nothing of it is left, and closes the file. */
    @Override
    public void close() throws IOException {
        asked = end;
        while (!reads.isEmpty()) {
            try {
                sftp.read(reads.remove().id());
            } catch (SftpException e) {
                // Nobody wants it any more.
            }
        }
        handle.close();
    }
}
