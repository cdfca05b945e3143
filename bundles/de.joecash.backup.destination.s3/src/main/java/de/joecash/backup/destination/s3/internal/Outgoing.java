package de.joecash.backup.destination.s3.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;

/** A request of the SDK as the JDK sends it, which tells what of its body was taken. */
final class Outgoing {
    /**
     * The JDK makes these itself, of the URI and the body; {@code Expect} is left out, for not every proxy answers it.
     */
    private static final Set<String> MADE_BY_CLIENT = Set.of("host", "content-length", "connection", "expect");

    private final HttpRequest request;
    private final LongConsumer taken;
    private final AtomicLong count = new AtomicLong();
    private volatile boolean held;

    /** @param taken is told how much of the body was taken so far, on the thread that takes it, and may hold it up */
    Outgoing(HttpExecuteRequest from, LongConsumer taken) {
        this.taken = taken;
        HttpRequest.Builder builder = HttpRequest.newBuilder(from.httpRequest().getUri());
        from.httpRequest().forEachHeader((name, values) -> {
            if (!MADE_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        builder.method(from.httpRequest().method().name(), body(from));
        request = builder.build();
    }

    private HttpRequest.BodyPublisher body(HttpExecuteRequest from) {
        long length = from.httpRequest()
                .firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(0L);
        if (length == 0 || from.contentStreamProvider().isEmpty()) {
            return HttpRequest.BodyPublishers.noBody();
        }
        ContentStreamProvider content = from.contentStreamProvider().get();
        return HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofInputStream(() -> new Counting(content.newStream())), length);
    }

    HttpRequest request() {
        return request;
    }

    /** Counts the bytes of the body that the connection has taken so far. */
    long count() {
        return count.get();
    }

    /** Says whether somebody holds the body up: then it is not the server that nothing comes from. */
    boolean held() {
        return held;
    }

    private void count(int more) {
        held = true;
        try {
            taken.accept(count.addAndGet(more));
        } finally {
            held = false;
        }
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                count(1);
            }
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }
    }
}
