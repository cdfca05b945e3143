package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads content part by part, into one buffer, and sees that it is as long as it says. */
final class PartReader implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Bucket bucket;
    private final String name;
    private final long length;
    private final InputStream in;
    private final byte[] buffer;
    private long count;
    private int number;

    PartReader(Bucket bucket, String name, Content content) throws IOException {
        this.bucket = bucket;
        this.name = name;
        length = content.bytes();
        buffer = new byte[(int) Math.min(length, bucket.settings().partBytes())];
        in = content.open();
    }

    /** Says how many bytes were read. */
    long count() {
        return count;
    }

    /**
     * Reads the next part. There is at least one, if an empty one.
     *
     * @return empty at the end
     * @throws BackupException {@code CopyDiffers} before the last part is given, if the content has another length; or
     *     the reason to stop
     * @throws IOException if the content threw it
     */
    Optional<Part> next() throws BackupException, IOException {
        if (number > 0 && count == length) {
            return Optional.empty();
        }
        int wanted = (int) Math.min(buffer.length, length - count);
        int filled = 0;
        while (filled < wanted) {
            bucket.check();
            int read = in.read(buffer, filled, Math.min(CHUNK, wanted - filled));
            if (read < 0) {
                throw differs(count + filled + " bytes instead of " + length);
            }
            filled += read;
        }
        count += filled;
        bucket.check();
        if (count == length && in.read() >= 0) {
            throw differs("longer than the " + length + " bytes it was said to have");
        }
        bucket.check();
        number++;
        return Optional.of(new Part(number, buffer, filled, bucket.workers()));
    }

    private BackupException differs(String detail) {
        return new BackupException(new Problem.CopyDiffers(bucket.settings().id(), name, detail));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
