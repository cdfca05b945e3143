package de.joecash.backup.core.internal.seal;

import com.exceptionfactory.jagged.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A channel that opens, as a stream. Not {@link java.nio.channels.Channels#newInputStream}: at the end the library's
 * channel answers -1 even where it has just filled a part of the buffer.
 */
final class OpenedInput extends InputStream {
    private final ReadableByteChannel opening;
    private final SealedInput sealed;
    private final ByteBuffer opened = ByteBuffer.allocate(1 << 16).limit(0);
    private IOException failure;

    OpenedInput(ReadableByteChannel opening, SealedInput sealed) {
        this.opening = opening;
        this.sealed = sealed;
    }

    @Override
    public int read() throws IOException {
        return filled() ? opened.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int read = Math.min(length, opened.remaining());
        opened.get(into, offset, read);
        return read;
    }

    private boolean filled() throws IOException {
        if (opened.hasRemaining()) {
            return true;
        }
        if (failure != null) {
            // The library's channel would go on with what its buffer held before.
            throw new IOException(failure.getMessage(), failure);
        }
        opened.clear();
        try {
            int unused = opening.read(opened);
            opened.flip();
            return opened.hasRemaining();
        } catch (PayloadException e) {
            throw failed(sealed.damage(e));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException why) {
        opened.limit(0);
        failure = why;
        return why;
    }

    @Override
    public void close() throws IOException {
        opening.close();
    }
}
