package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a real store in mid-upload: the file arrives once and whole, or it is said why it waits. */
class SwiftFaultsTest {
    private static final String NAME = "a.gz";
    private static final String EARLY = "early.gz";
    private static final int PART = 5 << 20;
    private static final byte[] BYTES = random(3 * PART + 1000);

    @TempDir
    private static Path directory;

    private static SwiftServer server;
    private static TestBucket bucket;

    @BeforeAll
    static void start() throws Exception {
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

    @BeforeEach
    void empty() throws Exception {
        bucket.empty();
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws Exception {
        Problem problem = problemOfPut(bucket, NAME, new BytesContent(BYTES).at(2 * PART + PART / 2, server::stop));
        assertThat(problem).isInstanceOf(Problem.ServerUnreachable.class);

        server.start();

        assertThat(arrives(NAME)).isGreaterThanOrEqualTo(PART);
    }

    @Test
    void givesUpAServerThatFreezesAndGoesOnWhenItThaws() throws Exception {
        long before = System.nanoTime();
        Problem problem = problemOfPut(
                bucket.patient(Duration.ofSeconds(1)),
                NAME,
                new BytesContent(BYTES).at(2 * PART + PART / 2, server::freeze));
        assertThat(problem).isEqualTo(new Problem.ServerUnreachable(TestBucket.ID, "no answer in time"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));

        server.thaw();

        assertThat(arrives(NAME)).isGreaterThanOrEqualTo(PART);
    }

    /**
     * As from a till whose clock is an hour early. The SDK knows the time by the store's answer, and goes on by that;
     * it does the same again where a clock was set right meanwhile. A name of its own, for this store orders what is
     * done to one by its clock.
     */
    @Test
    void saysThatTheClockIsWrongAndGoesOnByTheStoresTime() throws Exception {
        for (String offset : List.of("-1h", "+0")) {
            server.startProxyAt(offset);

            assertThat(problemOfPut(bucket, EARLY, new BytesContent(BYTES)))
                    .isEqualTo(new Problem.ClockDoubtful(TestBucket.ID, "request-skewed"))
                    .matches(Problem::passing);
            arrives(EARLY);
            bucket.empty();
        }
    }

    private static Problem problemOfPut(TestBucket bucket, String name, Destination.Content content) {
        return catchThrowableOfType(BackupException.class, () -> put(bucket, name, content))
                .problem();
    }

    private static List<Long> put(TestBucket bucket, String name, Destination.Content content)
            throws BackupException, IOException {
        List<Long> sent = new ArrayList<>();
        S3Provider provider = bucket.provider();
        try (Destination destination = provider.connect("", List.of(), new Cancellation())) {
            destination.put(name, content, sent::add);
        } finally {
            provider.stop();
        }
        return sent;
    }

    /** Puts once more, and finds it whole, once; gives what was there of it. */
    private long arrives(String name) throws Exception {
        List<Long> sent = put(bucket, name, new BytesContent(BYTES));
        try (Destination destination = bucket.provider().connect("", List.of(), new Cancellation())) {
            assertThat(destination.open(name).readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(bucket.objects()).containsOnlyKeys(name);
        assertThat(bucket.uploads()).isEmpty();
        return sent.get(0);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
