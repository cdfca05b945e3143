package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a real store in mid-upload: the file arrives once and whole, or it is said why it waits. */
class SwiftFaultsTest {
    private static final String NAME = "a.gz";
    private static final int PART = 5 << 20;
    private static final byte[] BYTES = random(3 * PART + 1000);

    @TempDir
    private static Path directory;

    private static SwiftServer server;
    private static TestBucket bucket;

    @BeforeAll
    static void set() throws Exception {
        server = new SwiftServer(directory);
        server.start();
        bucket = TestBucket.at(URI.create("http://127.0.0.1:" + server.port()));
        bucket.create();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    /** Whatever a test has left it in. */
    @BeforeEach
    void start() throws Exception {
        server.thaw();
        server.start();
        bucket.empty();
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws Exception {
        Problem problem = problemOfPut(bucket, new BytesContent(BYTES).at(2 * PART + PART / 2, server::stop));
        // Which of the store's processes was gone first decides what was still said.
        assertThat(problem).isInstanceOfAny(Problem.ServerUnreachable.class, Problem.ServerBusy.class);

        server.start();

        assertThat(arrives()).isGreaterThanOrEqualTo(PART);
    }

    @Test
    void givesUpAServerThatFreezesAndGoesOnWhenItThaws() throws Exception {
        AtomicReference<Stopwatch> watch = new AtomicReference<>(Stopwatch.start());
        Problem problem = problemOfPut(
                bucket.patient(Duration.ofSeconds(3)), new BytesContent(BYTES).at(2 * PART + PART / 2, () -> {
                            server.freeze();
                            watch.set(Stopwatch.start());
                        }));
        assertThat(problem).isEqualTo(new Problem.ServerUnreachable(TestBucket.ID, "no answer in time"));
        assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(20));

        server.thaw();

        assertThat(arrives()).isGreaterThanOrEqualTo(PART);
    }

    /**
     * As from a till whose clock is an hour early. The SDK takes the store's time from its answer, so the same is said
     * once more where the clock was set right meanwhile.
     */
    @Test
    void saysThatTheClockIsWrongAndGoesOnWhenItIsRight() throws Exception {
        for (String offset : List.of("-1h", "+0")) {
            server.startProxyAt(offset);

            assertThat(problemOfPut(bucket, new BytesContent(BYTES)))
                    .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "request-skewed"))
                    .matches(Problem::passing);
        }
        arrives();
    }

    private static Problem problemOfPut(TestBucket bucket, Destination.Content content) {
        return catchThrowableOfType(BackupException.class, () -> put(bucket, content))
                .problem();
    }

    private static List<Long> put(TestBucket bucket, Destination.Content content) throws BackupException, IOException {
        List<Long> sent = new ArrayList<>();
        S3Provider provider = bucket.provider();
        try (Destination destination = provider.connect("", List.of(), new Cancellation())) {
            destination.put(NAME, content, sent::add);
        } finally {
            provider.stop();
        }
        return sent;
    }

    /** Puts once more, and finds it whole, once; gives what was there of it. */
    private long arrives() throws Exception {
        List<Long> sent = put(bucket, new BytesContent(BYTES));
        try (Destination destination = bucket.provider().connect("", List.of(), new Cancellation())) {
            assertThat(destination.open(NAME).readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(bucket.objects()).containsOnlyKeys(NAME);
        assertThat(bucket.uploads()).isEmpty();
        return sent.get(0);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
