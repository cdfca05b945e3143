package de.joecash.backup.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what nothing can end but its own time, such as the answer of a name server. */
public final class Addresses {
    private Addresses() {}

    /**
     * Asks for a server's addresses, on a thread of its own.
     *
     * @param host its name or address
     * @param thread what the thread is called
     * @return unfinished, until the system answers
     */
    public static CompletableFuture<InetAddress[]> of(String host, String thread) {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        found.complete(InetAddress.getAllByName(host));
                    } catch (UnknownHostException e) {
                        found.completeExceptionally(e);
                    }
                },
                thread);
        asking.setDaemon(true);
        asking.start();
        return found;
    }

    /**
     * Waits for something, for so long.
     *
     * @param <T> what it gives
     * @param future is completed with the reason where it is given up, so that whoever comes too late knows
     * @param ended ends the waiting by failing
     * @param limit how long
     * @return what it gave
     * @throws IOException why there is nothing
     */
    @SuppressWarnings("unchecked")
    public static <T> T await(CompletableFuture<T> future, CompletableFuture<?> ended, Duration limit)
            throws IOException {
        try {
            // A copy, for a time limit would complete the original, and what comes too late would not be noticed.
            return (T) CompletableFuture.anyOf(future.copy(), ended.copy())
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            future.completeExceptionally(cause);
            if (cause instanceof TimeoutException) {
                throw new SocketTimeoutException("no answer in time");
            }
            throw cause instanceof IOException io ? io : new IOException(cause);
        }
    }
}
