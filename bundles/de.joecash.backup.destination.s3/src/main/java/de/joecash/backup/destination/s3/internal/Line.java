package de.joecash.backup.destination.s3.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Trust;
import de.joecash.backup.remote.Words;
import de.joecash.backup.spi.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Carries the SDK's requests by the JDK's HTTP client, which, unlike {@code HttpURLConnection}, gives up an exchange at
 * any point when asked to: in the middle of connecting, sending or reading, and without an interrupt. Once stopped or
 * cancelled, it begins no more.
 */
final class Line implements SdkHttpClient {
    private static final int LOOKS = 10;

    private final BucketSettings settings;
    private final Cancellation stopping;
    private final Cancellation cancellation;
    private final ExecutorService workers;
    private final HttpClient client;
    private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();
    private final List<Cancellation.Registration> registrations;
    private volatile boolean ended;
    private volatile LongConsumer taken = Line::nobody;

    Line(BucketSettings settings, Cancellation stopping, Cancellation cancellation) throws BackupException {
        this.settings = settings;
        this.stopping = stopping;
        this.cancellation = cancellation;
        workers = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "joecash-s3-" + settings.id());
            thread.setDaemon(true);
            return thread;
        });
        client = client();
        registrations = List.of(stopping.onCancel(this::end), cancellation.onCancel(this::end));
    }

    private HttpClient client() throws BackupException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience().connect())
                .executor(workers);
        if (settings.store().confidential()) {
            try {
                builder.sslContext(Trust.of(settings.trusted()).context());
            } catch (IllegalArgumentException e) {
                workers.shutdown();
                throw new BackupException(
                        new Problem.CertificateRefused(settings.id(), Words.plain(e.getMessage())), e);
            }
        }
        return builder.build();
    }

    Executor workers() {
        return workers;
    }

    void check() throws BackupException {
        cancellation.check();
        stopping.check();
    }

    /** From now on tells somebody how much of a request's body was taken. */
    void tell(LongConsumer somebody) {
        taken = somebody;
    }

    private static void nobody(long count) {
        // Nobody wants to know.
    }

    /** From now on tells nobody. */
    void tellNobody() {
        taken = Line::nobody;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(request);
    }

    @Override
    public String clientName() {
        return "Jdk";
    }

    /** One request and its answer. */
    private final class Exchange implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;

        Exchange(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            Outgoing outgoing = new Outgoing(request, taken);
            CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(
                    outgoing.request(), head -> new Incoming(settings.patience().data()));
            Runnable end = () -> answer.cancel(true);
            begin(end);
            try {
                return given(await(answer, outgoing));
            } finally {
                underWay.remove(end);
            }
        }

        @Override
        public void abort() {
            // Nobody waits elsewhere: whoever gave up has closed the body, or the line is ended.
        }
    }

    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answer, Outgoing outgoing)
            throws IOException {
        Duration limit = settings.patience().data();
        long seen = outgoing.count();
        long since = System.nanoTime();
        while (true) {
            try {
                return answer.get(limit.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                if (outgoing.held() || outgoing.count() != seen) {
                    seen = outgoing.count();
                    since = now;
                } else if (now - since >= limit.toNanos()) {
                    answer.cancel(true);
                    throw new SocketTimeoutException("no answer in time");
                }
            } catch (CancellationException e) {
                throw new IOException("stopped", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("somebody interrupted the wait", e);
            }
        }
    }

    private HttpExecuteResponse given(HttpResponse<InputStream> answer) throws IOException {
        InputStream body = answer.body();
        Runnable end = () -> closeQuietly(body);
        begin(end);
        AbortableInputStream counted = AbortableInputStream.create(
                new java.io.FilterInputStream(body) {
                    @Override
                    public void close() throws IOException {
                        underWay.remove(end);
                        super.close();
                    }
                },
                () -> {
                    underWay.remove(end);
                    closeQuietly(body);
                });
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.statusCode())
                        .headers(answer.headers().map())
                        .build())
                .responseBody(counted)
                .build();
    }

    private void begin(Runnable end) throws IOException {
        underWay.add(end);
        if (ended) {
            end.run();
            throw new IOException("stopped");
        }
    }

    private void end() {
        ended = true;
        underWay.forEach(Runnable::run);
        underWay.clear();
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() {
        registrations.forEach(Cancellation.Registration::close);
        end();
        workers.shutdown();
    }
}
