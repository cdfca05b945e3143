package de.joecash.backup.core.internal.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel that seals, as a stream. After a failure closing it writes no end: what is there stays unusable. */
final class SealedOutput extends OutputStream {
    private final WritableByteChannel sealing;
    private final OutputStream out;
    private boolean failed;
    private boolean closed;

    SealedOutput(WritableByteChannel sealing, OutputStream out) {
        this.sealing = sealing;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        boolean done = false;
        try {
            while (rest.hasRemaining()) {
                sealing.write(rest);
            }
            done = true;
        } finally {
            failed |= !done;
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (failed) {
            out.close();
        } else {
            sealing.close();
        }
    }
}
