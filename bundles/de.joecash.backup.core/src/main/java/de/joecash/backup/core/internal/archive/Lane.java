package de.joecash.backup.core.internal.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Work that is done by several workers at once and taken back in the order in which it was given, no more than a
 * bounded number of pieces being on their way: whoever gives more takes the oldest result first, and waits for it. Used
 * by one thread.
 */
final class Lane<R> implements AutoCloseable {
    /** What is done with a result. */
    @FunctionalInterface
    interface Taker<R> {
        void take(R result) throws IOException;
    }

    private final Workers workers;
    private final Taker<R> taker;
    private final Deque<CompletableFuture<R>> underWay = new ArrayDeque<>();

    private boolean broken;

    Lane(Workers workers, Taker<R> taker) {
        this.workers = workers;
        this.taker = taker;
    }

    /**
     * Gives a piece of work, after what is done was taken.
     *
     * @return whether the oldest had to be waited for
     * @throws IOException what earlier work or the taker threw; where that is no such exception, it comes as it is
     */
    boolean give(Callable<R> work) throws IOException {
        requireUnbroken();
        boolean waited = false;
        while (!underWay.isEmpty() && (underWay.peek().isDone() || underWay.size() >= workers.underWay())) {
            waited |= !underWay.peek().isDone();
            takeOldest();
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        workers.executor().execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        underWay.add(result);
        return waited;
    }

    /** Takes all that is on its way. */
    void drain() throws IOException {
        requireUnbroken();
        while (!underWay.isEmpty()) {
            takeOldest();
        }
    }

    private void requireUnbroken() throws IOException {
        if (broken) {
            throw new IOException("it failed before");
        }
    }

    /** A result that is lost stays lost: whoever goes on all the same is refused again. */
    private void takeOldest() throws IOException {
        broken = true;
        try {
            taker.take(underWay.remove().join());
        } catch (CompletionException e) {
            throw asItWas(e.getCause());
        }
        broken = false;
    }

    /** What is wrong with us, such as too little memory, must not look like a file that cannot be read. */
    private static IOException asItWas(Throwable failure) {
        if (failure instanceof IOException failed) {
            return failed;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException wrong ? wrong : new IllegalStateException(failure);
    }

    /** Waits for the work that is given up: its threads and memory are free afterwards. */
    @Override
    public void close() {
        underWay.forEach(result -> result.handle((done, failed) -> null).join());
        underWay.clear();
    }
}
