package de.joecash.itests.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Cues for a script that a host runs in its own shell: a command that reads from such an address waits until the test
 * gives the cue.
 */
final class Cues implements AutoCloseable {
    private static final String LATER = "later";

    private final Map<String, CompletableFuture<byte[]>> given = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> waitedFor = new ConcurrentHashMap<>();
    private final HttpServer server;

    Cues() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "cues");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where a command waits. */
    String address(String cue) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + cue;
    }

    /** Where a command waits for two seconds. */
    String later() {
        return address(LATER);
    }

    /** Waits until the script has come to a cue. */
    void await(String cue) {
        DemoHost.await("a script that waits for " + cue, () -> waited(cue).isDone() ? true : null);
    }

    /** Gives a cue, and what is read there. */
    void give(String cue, byte... content) {
        content(cue).complete(content);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String cue = exchange.getRequestURI().getPath().substring(1);
        if (cue.equals(LATER)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            give(LATER);
        }
        waited(cue).complete(null);
        byte[] content = content(cue).join();
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    private CompletableFuture<byte[]> content(String cue) {
        return given.computeIfAbsent(cue, any -> new CompletableFuture<>());
    }

    private CompletableFuture<Void> waited(String cue) {
        return waitedFor.computeIfAbsent(cue, any -> new CompletableFuture<>());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
