package de.joecash.backup.destination.s3.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A store that says what a test wants it to, and remembers what it was asked. */
final class ScriptedStore implements AutoCloseable {
    static {
        // The JDK's server writes head and body apart, and would wait 40 ms with the second for the first's receipt.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final String NOTHING_LISTED = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
    static final String NO_UPLOADS =
            "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>";

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** A request. */
    record Asked(String method, String path, String query, Map<String, List<String>> headers, long bytes) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .map(entry -> entry.getValue().get(0))
                    .orElse("");
        }

        /**
         * As {@code PUT a.gz}, or {@code LIST}, {@code UPLOADS}, {@code BEGIN}, {@code PART}, {@code END},
         * {@code ABORT}.
         */
        String what() {
            if (query.contains("uploads") && method.equals("GET")) {
                return "UPLOADS";
            }
            if (query.contains("uploads")) {
                return "BEGIN";
            }
            if (query.contains("uploadId")) {
                return Map.of("PUT", "PART", "POST", "END", "DELETE", "ABORT", "GET", "PARTS")
                        .get(method);
            }
            if (query.contains("retention")) {
                return "RETENTION";
            }
            return path.matches("/tills/?") ? "LIST" : method;
        }
    }

    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        static Answer error(int status, String code) {
            return of(status, "<Error><Code>" + code + "</Code><Message>scripted</Message></Error>");
        }
    }

    /**
     * Begins.
     *
     * @param script an empty answer breaks the connection; what it does not know may be left to {@link #usual}
     */
    ScriptedStore(Function<Asked, Optional<Answer>> script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "scripted-store");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> serve(exchange, script));
        server.start();
    }

    /** The answers of an empty store that takes everything. */
    static Optional<Answer> usual(Asked asked) {
        return Optional.of(
                switch (asked.what()) {
                    case "LIST" -> Answer.of(200, NOTHING_LISTED);
                    case "UPLOADS" -> Answer.of(200, NO_UPLOADS);
                    case "BEGIN" ->
                        Answer.of(
                                200,
                                "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
                    case "HEAD" -> Answer.of(404, "");
                    case "PUT", "PART" ->
                        new Answer(
                                200,
                                Map.of("ETag", "\"x\"", "x-amz-checksum-sha256", asked.header("x-amz-checksum-sha256")),
                                "");
                    case "DELETE", "ABORT" -> Answer.of(204, "");
                    default -> Answer.error(501, "NotImplemented");
                });
    }

    private void serve(HttpExchange exchange, Function<Asked, Optional<Answer>> script) throws IOException {
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
        asked.add(request);
        Optional<Answer> answer = script.apply(request);
        if (answer.isEmpty()) {
            exchange.close();
            throw new UncheckedIOException(new IOException("the line breaks"));
        }
        byte[] body = answer.get().body().getBytes(StandardCharsets.UTF_8);
        answer.get().headers().forEach(exchange.getResponseHeaders()::set);
        boolean none =
                exchange.getRequestMethod().equals("HEAD") || answer.get().status() == 204;
        exchange.sendResponseHeaders(answer.get().status(), none || body.length == 0 ? -1 : body.length);
        if (!none && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    TestBucket bucket() {
        return TestBucket.at(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
