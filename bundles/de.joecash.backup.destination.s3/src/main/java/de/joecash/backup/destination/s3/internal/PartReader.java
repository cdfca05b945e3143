package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Destination.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads content part by part, and sees that it is as long as it says. While one part is sent the next one is read and
 * digested, into the other one of two buffers. Not thread-safe.
 */
final class PartReader implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Bucket bucket;
    private final String name;
    private final long length;
    private final InputStream in;
    /** Holds the part that was given last. */
    private byte[] given;
    /** Is read into. */
    private byte[] free;

    private CompletableFuture<Part> next;
    private long count;
    private volatile boolean closed;

    /** Begins to read. */
    PartReader(Bucket bucket, String name, Content content) throws IOException {
        this.bucket = bucket;
        this.name = name;
        length = content.bytes();
        free = new byte[(int) Math.min(length, bucket.settings().partBytes())];
        given = length > free.length ? new byte[free.length] : free;
        in = content.open();
        next = begin(1, free);
    }

    /** Says how many bytes were given. */
    long count() {
        return count;
    }

    /**
     * Gives the next part, whose bytes stand until the next call. There is at least one, if an empty one.
     *
     * @return empty at the end
     * @throws BackupException {@code CopyDiffers} before the last part is given, if the content has another length; or
     *     the reason to stop
     * @throws IOException if the content threw it
     */
    Optional<Part> next() throws BackupException, IOException {
        if (next == null) {
            return Optional.empty();
        }
        Part part = read(next);
        count += part.length();
        byte[] sent = given;
        given = free;
        free = sent;
        next = count < length ? begin(part.number() + 1, free) : null;
        return Optional.of(part);
    }

    private CompletableFuture<Part> begin(int number, byte[] buffer) {
        int wanted = (int) Math.min(buffer.length, length - count);
        boolean last = count + wanted == length;
        long before = count;
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        fill(buffer, wanted, before);
                        if (last && in.read() >= 0) {
                            throw differs("longer than the " + length + " bytes it was said to have");
                        }
                        bucket.check();
                        return new Part(number, buffer, wanted, bucket.workers());
                    } catch (BackupException | IOException e) {
                        throw new CompletionException(e);
                    }
                },
                bucket.workers());
    }

    private void fill(byte[] buffer, int wanted, long before) throws BackupException, IOException {
        int filled = 0;
        while (filled < wanted) {
            bucket.check();
            if (closed) {
                throw new IOException("closed");
            }
            int read = in.read(buffer, filled, Math.min(CHUNK, wanted - filled));
            if (read < 0) {
                throw differs(before + filled + " bytes instead of " + length);
            }
            filled += read;
        }
    }

    private static Part read(CompletableFuture<Part> part) throws BackupException, IOException {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BackupException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private BackupException differs(String detail) {
        return new BackupException(new Problem.CopyDiffers(bucket.settings().id(), name, detail));
    }

    /** Ends what is being read, and waits for that: nobody reads a content that is closed. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (next != null) {
            next.exceptionally(e -> null).join();
        }
        in.close();
    }
}
