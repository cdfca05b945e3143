package de.joecash.backup.core.internal.seal;

import de.joecash.backup.core.internal.seal.SealException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A sealed stream as a channel that remembers whether its end was seen. */
final class SealedInput implements ReadableByteChannel {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[CHUNK];
    private boolean ended;
    private boolean closed;

    SealedInput(InputStream in) {
        this.in = in;
    }

    /** Says what is wrong with what was read last. */
    SealException damage(Throwable cause) {
        return new SealException(ended ? Reason.END_MISSING : Reason.CHANGED, cause);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        int read = in.read(buffer, 0, Math.min(buffer.length, into.remaining()));
        if (read < 0) {
            ended = true;
        } else {
            into.put(buffer, 0, read);
        }
        return read;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        in.close();
    }
}
