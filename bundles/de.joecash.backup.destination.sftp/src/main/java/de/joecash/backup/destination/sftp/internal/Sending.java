package de.joecash.backup.destination.sftp.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;

/** Writes one file, many writes under way at once. What was not acknowledged is never more than {@link #UNDER_WAY}. */
final class Sending {
    /**
     * Less than what is read back of a file that was cut off: in there, and nowhere before, something may be missing.
     */
    static final int UNDER_WAY = 30 << 15;

    private record Write(int id, int length) {}

    private final Sftp sftp;
    private final CloseableHandle handle;
    private final Queue<Write> writes = new ArrayDeque<>();
    private long end;
    private int underWay;

    Sending(Sftp sftp, CloseableHandle handle, long offset) {
        this.sftp = sftp;
        this.handle = handle;
        end = offset;
    }

    /** How much can be written at once. */
    int piece() {
        return sftp.piece(handle);
    }

    /** Writes behind what was written last. */
    void write(byte[] bytes, int length) throws IOException {
        while (underWay + length > UNDER_WAY) {
            acknowledge();
        }
        writes.add(new Write(sftp.beginWrite(handle, end, bytes, length), length));
        end += length;
        underWay += length;
    }

    /** How many bytes the file has once all is there that was written. */
    long written() {
        return end;
    }

    /** How many bytes the file has of which the server has said so. */
    long acknowledged() {
        return end - underWay;
    }

    /** Waits until all is written, and closes the file. */
    void finish(Fsync fsync) throws IOException {
        while (!writes.isEmpty()) {
            acknowledge();
        }
        fsync.perform(handle);
        handle.close();
    }

    /** What makes a file last. */
    interface Fsync {
        void perform(CloseableHandle handle) throws IOException;
    }

    private void acknowledge() throws IOException {
        Write oldest = writes.remove();
        sftp.written(oldest.id());
        underWay -= oldest.length();
    }
}
