package de.joecash.backup.core.internal.archive;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib that every JDK has. */
final class JdkCodec implements Codec {
    /** About half a millisecond's work. */
    private static final int PIECE = 1 << 12;

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public int[] levels() {
        return new int[] {6, 5, 4, 3, 1};
    }

    @Override
    public Deflating deflater(int level) {
        return new ZlibDeflating(new Deflater(level, true), PIECE);
    }

    @Override
    public Inflating inflater() {
        return new ZlibInflating(new Inflater(true));
    }

    /** Anything that behaves as the JDK's deflater does. */
    static final class ZlibDeflating implements Deflating {
        private final Deflater deflater;
        private final int piece;

        /** @param piece bytes of output after which others may have the processor */
        ZlibDeflating(Deflater deflater, int piece) {
            this.deflater = deflater;
            this.piece = piece;
        }

        @SuppressWarnings("ThreadPriorityCheck") // A sale that wants the processor need not wait for a whole member.
        @Override
        public int deflate(byte[] content, int length, byte[] into, int offset) {
            deflater.reset();
            deflater.setInput(content, 0, length);
            deflater.finish();
            int at = offset;
            while (!deflater.finished()) {
                int count = deflater.deflate(into, at, Math.min(piece, into.length - at));
                // Where the data end with a piece, zlib says so only when asked once more, and gives nothing then.
                if (count <= 0 && !deflater.finished()) {
                    return -1;
                }
                at += count;
                Thread.yield();
            }
            return at - offset;
        }

        @Override
        public void close() {
            deflater.end();
        }
    }

    /** Anything that behaves as the JDK's inflater does. */
    static final class ZlibInflating implements Inflating {
        private final Inflater inflater;

        ZlibInflating(Inflater inflater) {
            this.inflater = inflater;
        }

        @Override
        public void inflate(byte[] data, int offset, int length, byte[] into, int expected) throws DataFormatException {
            inflater.reset();
            inflater.setInput(data, offset, length);
            int at = 0;
            while (at < expected) {
                int count = inflater.inflate(into, at, expected - at);
                if (count <= 0) {
                    throw new DataFormatException("The content is shorter than announced");
                }
                at += count;
            }
            byte[] beyond = new byte[1];
            if (!inflater.finished() && inflater.inflate(beyond, 0, 1) > 0) {
                throw new DataFormatException("The content is longer than announced");
            }
            if (!inflater.finished() || inflater.getRemaining() != 0) {
                throw new DataFormatException("The data do not end where they should");
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
