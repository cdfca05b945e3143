package de.joecash.backup.testkit;

import de.joecash.backup.spi.Destination;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content in memory, in the middle of which something may happen. */
public final class BytesContent implements Destination.Content {
    private final byte[] bytes;
    private final long said;
    private final long where;
    private final Event event;

    /** What happens in the middle. */
    @FunctionalInterface
    public interface Event {
        /**
         * Happens.
         *
         * @throws IOException then the reading fails with it
         */
        void happen() throws IOException;
    }

    /**
     * Makes content in which nothing happens.
     *
     * @param bytes not copied
     */
    public BytesContent(byte[] bytes) {
        this(bytes, bytes.length, Long.MAX_VALUE, () -> {});
    }

    private BytesContent(byte[] bytes, long said, long where, Event event) {
        this.bytes = bytes;
        this.said = said;
        this.where = where;
        this.event = event;
    }

    /**
     * Lets something happen.
     *
     * @param count after how many bytes
     * @param happening what
     * @return content with the same bytes
     */
    public BytesContent at(long count, Event happening) {
        return new BytesContent(bytes, said, count, happening);
    }

    /**
     * Lies about the length.
     *
     * @param length what {@link #bytes} answers
     * @return content with the same bytes
     */
    public BytesContent saying(long length) {
        return new BytesContent(bytes, length, where, event);
    }

    @Override
    public long bytes() {
        return said;
    }

    @Override
    public InputStream open() {
        return new Eventful(new ByteArrayInputStream(bytes));
    }

    private final class Eventful extends FilterInputStream {
        private long count;
        private boolean happened;

        Eventful(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!happened && count >= where) {
                happened = true;
                event.happen();
            }
            int read = super.read(target, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
