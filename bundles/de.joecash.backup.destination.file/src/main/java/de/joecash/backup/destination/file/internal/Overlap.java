package de.joecash.backup.destination.file.internal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A thread that takes one step while whoever gave it goes on; the next step waits for the one before. Not thread-safe:
 * for one caller, whose waiting nothing interrupts.
 */
final class Overlap implements AutoCloseable {
    /** What is done beside. */
    @FunctionalInterface
    interface Step {
        void take() throws IOException;
    }

    private final ExecutorService thread;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** Starts none before the first step. */
    Overlap(String name) {
        thread = Executors.newSingleThreadExecutor(run -> {
            Thread created = new Thread(run, name);
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Has a step taken once the one before has ended.
     *
     * @throws IOException of the step before
     */
    void next(Step step) throws IOException {
        await();
        last = CompletableFuture.runAsync(
                () -> {
                    try {
                        step.take();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    /**
     * Waits for the end of the last step.
     *
     * @throws IOException of that step
     */
    void await() throws IOException {
        try {
            last.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Waits for it, too: nothing that the step uses may be closed before. */
    @Override
    public void close() {
        last.exceptionally(e -> null).join();
        thread.shutdown();
    }
}
