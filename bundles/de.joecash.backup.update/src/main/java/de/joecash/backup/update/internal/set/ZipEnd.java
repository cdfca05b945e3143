package de.joecash.backup.update.internal.set;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The last record of a zip file (APPNOTE 4.3.16), looked at before anything is read that it points to: reading a zip
 * file takes memory for its whole directory. A set has neither a comment nor a 64-bit directory, so that the record is
 * the file's last 22 bytes.
 */
final class ZipEnd {
    private static final int BYTES = 22;
    private static final int SIGNATURE = 0x06054b50;
    private static final long MAX_FILE = 256L << 20;
    private static final int MAX_ENTRIES = BundleList.MAX_BUNDLES + 2;
    private static final long MAX_DIRECTORY = 1L << 20;

    private ZipEnd() {}

    /**
     * Looks at it.
     *
     * @throws SetRefused {@link Refusal#CUT} or {@link Refusal#TOO_LARGE}
     */
    static void check(Path file) throws IOException, SetRefused {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            if (length > MAX_FILE) {
                throw new SetRefused(Refusal.TOO_LARGE, file.getFileName(), MAX_FILE);
            }
            ByteBuffer end = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (length >= BYTES) {
                channel.position(length - BYTES);
                while (end.hasRemaining() && channel.read(end) >= 0) {
                    // Until all of it is there.
                }
            }
            if (end.hasRemaining() || end.getInt(0) != SIGNATURE || end.getShort(20) != 0) {
                throw new SetRefused(Refusal.CUT, file.getFileName());
            }
            int entries = Short.toUnsignedInt(end.getShort(10));
            long directory = Integer.toUnsignedLong(end.getInt(12));
            if (entries > MAX_ENTRIES || directory > MAX_DIRECTORY) {
                throw new SetRefused(Refusal.TOO_LARGE, entries, MAX_ENTRIES);
            }
        }
    }
}
