package de.joecash.backup.destination.sftp.internal;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.common.SftpConstants;

/**
 * The SFTP channel (draft-ietf-secsh-filexfer-02, version 3, which every server speaks). Whatever is waited for has the
 * same limit. Reads and writes are begun and ended apart, so that many are under way at once.
 */
final class Sftp extends DefaultSftpClient {
    /** What stands before data in a message: length, type, id, length of the handle, offset, length of the data. */
    private static final int HEADER = 4 + 1 + 4 + 4 + 8 + 4;

    private static final int BEFORE_HANDLE = 4 + 1 + 4;

    /** What every server takes, and what OpenSSH's own client asks for (section 3). */
    private static final int LONGEST = 32_768;

    private static final int SHORTEST = 1024;

    private final Duration limit;

    Sftp(ClientSession session, Duration limit) throws IOException {
        super(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3), SftpErrorDataHandler.EMPTY);
        this.limit = limit;
    }

    /** So many bytes that the message about them fits into one packet of the channel. */
    int piece(Handle handle) {
        long packet = Math.min(
                getClientChannel().getRemoteWindow().getPacketSize(),
                getClientChannel().getLocalWindow().getPacketSize());
        return (int) Math.max(SHORTEST, Math.min(packet, LONGEST) - HEADER - handle.length());
    }

    /** Begins to write; {@link #written} ends it. */
    int beginWrite(Handle handle, long offset, byte[] bytes, int length) throws IOException {
        Buffer buffer = request(handle, offset, length);
        buffer.putBytes(bytes, 0, length);
        return write(SftpConstants.SSH_FXP_WRITE, buffer).getId();
    }

    void written(int id) throws IOException {
        checkResponseStatus(SftpResponse.parse(SftpConstants.SSH_FXP_WRITE, receive(id)));
    }

    /** Begins to read; {@link #read(int)} ends it. */
    int beginRead(Handle handle, long offset, int length) throws IOException {
        Buffer buffer = request(handle, offset, 0);
        buffer.putUInt(length);
        return write(SftpConstants.SSH_FXP_READ, buffer).getId();
    }

    /** Gives what was read, at least one byte and perhaps less than was asked for. */
    byte[] read(int id) throws IOException {
        SftpResponse answer = SftpResponse.parse(SftpConstants.SSH_FXP_READ, receive(id));
        if (answer.getType() == SftpConstants.SSH_FXP_DATA) {
            return answer.getBuffer().getBytes();
        }
        checkResponseStatus(answer);
        throw new IOException("neither data nor a reason why there are none");
    }

    private static Buffer request(Handle handle, long offset, int more) {
        byte[] id = handle.getIdentifier();
        Buffer buffer = new ByteArrayBuffer(HEADER + id.length + more);
        buffer.rpos(BEFORE_HANDLE);
        buffer.wpos(BEFORE_HANDLE);
        buffer.putBytes(id);
        buffer.putLong(offset);
        return buffer;
    }

    @Override
    public Buffer receive(int id) throws IOException {
        Buffer answer = receive(id, limit);
        if (answer == null) {
            throw new SocketTimeoutException("no answer in time");
        }
        return answer;
    }
}
