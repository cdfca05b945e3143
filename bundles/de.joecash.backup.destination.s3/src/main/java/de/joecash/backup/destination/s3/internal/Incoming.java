package de.joecash.backup.destination.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A body on its way here. Unlike the JDK's own stream it waits for the server only so long, and a reader that waits is
 * ended by {@link #close} on another thread.
 */
final class Incoming extends InputStream implements BodySubscriber<InputStream> {
    private final Duration limit;
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final LinkedBlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private Optional<Piece> last = Optional.empty();
    private volatile boolean closed;

    /** What arrived: bytes, or why there are no more. */
    private record Piece(List<ByteBuffer> buffers, Optional<IOException> failure) {
        static final Piece END = new Piece(List.of(), Optional.empty());
    }

    Incoming(Duration limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (closed || !subscription.complete(given)) {
            given.cancel();
            return;
        }
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Piece(buffers, Optional.empty()));
    }

    @Override
    public void onError(Throwable thrown) {
        IOException failure = thrown instanceof IOException broken ? broken : new IOException(thrown);
        arrived.add(new Piece(List.of(), Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        arrived.add(Piece.END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (current.isEmpty() || !current.peek().hasRemaining()) {
            current.poll();
            if (current.isEmpty() && !next()) {
                return -1;
            }
        }
        ByteBuffer buffer = current.peek();
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    private boolean next() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (last.isEmpty()) {
            Piece piece = take();
            if (!piece.buffers().isEmpty()) {
                current.addAll(piece.buffers());
                subscription.join().request(1);
                return true;
            }
            last = Optional.of(piece);
        }
        if (closed) {
            throw new IOException("closed");
        }
        if (last.get().failure().isPresent()) {
            throw new IOException(last.get().failure().get());
        }
        return false;
    }

    private Piece take() throws IOException {
        try {
            Piece piece = arrived.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                close();
                throw new SocketTimeoutException("no answer in time");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("somebody interrupted the wait", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (subscription.isDone()) {
            subscription.join().cancel();
        }
        arrived.add(Piece.END);
    }
}
