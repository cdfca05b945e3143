package de.joecash.backup.destination.s3.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Pace;
import de.joecash.backup.testkit.Relay;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line that breaks, or a server that stands still, leaves what was sent, and the next attempt goes on with it. */
class BrokenLineTest {
    private static final String NAME = "kasse1-2026-11-22T070000-000009.sql.gz";
    private static final int PART = 5 << 20;

    private S3ProxyServer server;
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        server = new S3ProxyServer();
        relay = new Relay(server.port());
        direct().create();
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        server.stop();
    }

    private TestBucket direct() {
        return TestBucket.at(URI.create("http://127.0.0.1:" + server.port()));
    }

    private TestBucket relayed() {
        return TestBucket.at(URI.create("http://127.0.0.1:" + relay.port()));
    }

    @ParameterizedTest
    @EnumSource(Relay.How.class)
    void goesOnAfterALineThatBroke(Relay.How how) throws Exception {
        byte[] bytes = random(3 * PART);
        relay.cutAt(PART + PART / 2, how);
        assertThat(problem(() -> put(relayed().provider(), bytes))).isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(direct().objects()).isEmpty();

        List<Long> sent = put(relayed().provider(), bytes);

        assertThat(sent.get(0)).isEqualTo(PART);
        assertThat(direct().objects()).hasSize(1);
        assertThat(direct().uploads()).isEmpty();
    }

    @Test
    void sendsLittleTwiceWhenTwoHundredMegabytesAreCutAtSixtyPercent() throws Exception {
        Pattern content = new Pattern(200_000_000);
        TestBucket bucket = relayed();
        BucketSettings small = bucket.settings();
        BucketSettings usual = new BucketSettings(
                small.id(), small.store(), small.account(), small.trusted(), 8 << 20, small.lock(), small.patience());
        S3Provider provider = new S3Provider(usual, Clock.systemUTC());
        relay.cutAt(120_000_000, Relay.How.RESET);
        assertThat(problem(() -> put(provider, content))).isInstanceOf(Problem.ServerUnreachable.class);

        put(provider, content);

        assertThat(relay.toServer()).isBetween(200_000_000L, 210_000_000L);
        try (Destination destination = connect(direct().provider());
                InputStream there = destination.open(NAME);
                InputStream expected = content.open()) {
            for (int read = 0; read < 200; read++) {
                assertThat(there.readNBytes(1_000_000)).isEqualTo(expected.readNBytes(1_000_000));
            }
            assertThat(there.read()).isNegative();
        }
    }

    @Test
    void givesUpAServerThatStandsStill() throws Exception {
        byte[] bytes = random(3 * PART);
        S3Provider impatient = relayed().patient(Duration.ofSeconds(3)).provider();
        try (Destination destination = connect(impatient)) {
            Problem problem = problem(() ->
                    destination.put(NAME, new BytesContent(bytes).at(2 * PART + 100_000, relay::stall), count -> {}));
            assertThat(problem).isEqualTo(new Problem.ServerUnreachable(TestBucket.ID, "no answer in time"));
        }
        relay.flow();
        // What was on its way when it ended may have arrived all the same.
        assertThat(put(relayed().provider(), bytes).get(0)).isGreaterThanOrEqualTo(PART);
    }

    @Test
    void stopsAtOnceWhileAServerStandsStill() throws Exception {
        S3Provider provider = relayed().provider();
        endsBySomebodysWish(provider, new Cancellation(), provider::stop, new Problem.Stopping());
    }

    @Test
    void isCancelledAtOnceWhileAServerStandsStill() throws Exception {
        Cancellation cancellation = new Cancellation();
        endsBySomebodysWish(
                relayed().provider(),
                cancellation,
                () -> cancellation.cancel(new Problem.Cancelled()),
                new Problem.Cancelled());
    }

    private void endsBySomebodysWish(S3Provider provider, Cancellation cancellation, Runnable wish, Problem reason)
            throws Exception {
        CompletableFuture<Void> standing = new CompletableFuture<>();
        CompletableFuture<Stopwatch> wished = standing.thenApplyAsync(
                nothing -> {
                    Stopwatch watch = Stopwatch.start();
                    wish.run();
                    return watch;
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        byte[] bytes = random(3 * PART);
        try (Destination destination = provider.connect("", List.of(), cancellation)) {
            Problem problem = problem(() -> destination.put(
                    NAME,
                    new BytesContent(bytes).at(2 * PART + 100_000, () -> {
                        relay.stall();
                        standing.complete(null);
                    }),
                    count -> {}));
            assertThat(wished.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).elapsed())
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(problem).isEqualTo(reason);
        }
        relay.flow();
        // What was on its way when it ended may have arrived all the same.
        assertThat(put(relayed().provider(), bytes).get(0)).isGreaterThanOrEqualTo(PART);
    }

    @Test
    void aReaderIsToldThatTheFileBroke() throws Exception {
        byte[] bytes = random(2 * PART);
        put(direct().provider(), bytes);
        S3Provider provider = relayed().provider();
        try (Destination destination = connect(provider);
                InputStream in = destination.open(NAME)) {
            in.readNBytes(1000);
            provider.stop();
            IOException e = catchThrowableOfType(IOException.class, in::readAllBytes);
            assertThat(((BackupException) e.getCause()).problem()).isEqualTo(new Problem.Stopping());
        }
    }

    @Test
    void keepsEvenlyToThePaceThatItIsGiven() throws Exception {
        byte[] bytes = random(PART + 1_000_000);
        Pace pace = new Pace(relay::toServer);

        try (Destination destination = connect(relayed().provider())) {
            destination.put(NAME, new BytesContent(bytes), pace);
        }

        pace.requireHeld(bytes.length);
    }

    /** Not the server's time limit, though it hears nothing meanwhile. */
    @Test
    void isHeldUpForAsLongAsSomebodyLikes() throws Exception {
        byte[] bytes = random(100_000);
        long[] since = {0};
        try (Destination destination =
                connect(relayed().patient(Duration.ofSeconds(2)).provider())) {
            destination.put(NAME, new BytesContent(bytes), count -> {
                if (count > 0 && since[0] == 0) {
                    since[0] = System.nanoTime();
                    while (System.nanoTime() - since[0] < 3_000_000_000L) {
                        LockSupport.parkNanos(100_000_000);
                    }
                }
            });
        }
        assertThat(direct().objects()).containsValue(100_000L);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        TestBucket gone = direct();
        server.stop();
        assertThat(problem(() -> connect(gone.provider()))).isInstanceOf(Problem.ServerUnreachable.class);
        server = new S3ProxyServer();
    }

    @Test
    void sendsNothingInTheClearUnlessThatIsAllowed() throws Exception {
        TestBucket strict = relayed()
                .with(new BucketSettings.Store(
                        URI.create("http://127.0.0.1:" + relay.port()), false, "us-east-1", TestBucket.NAME, true));
        assertThat(problem(() -> connect(strict.provider()))).isEqualTo(new Problem.CleartextRefused(TestBucket.ID));
        assertThat(relay.toServer()).isZero();
    }

    private static List<Long> put(S3Provider provider, byte[] bytes) throws BackupException, IOException {
        return put(provider, new BytesContent(bytes));
    }

    private static List<Long> put(S3Provider provider, Destination.Content content)
            throws BackupException, IOException {
        List<Long> sent = new ArrayList<>();
        try (Destination destination = connect(provider)) {
            destination.put(NAME, content, sent::add);
        }
        return sent;
    }

    private static Destination connect(S3Provider provider) throws BackupException {
        return provider.connect("", List.of(), new Cancellation());
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return catchThrowableOfType(BackupException.class, action).problem();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Long content of which no two parts are equal. */
    private record Pattern(long bytes) implements Destination.Content {
        @Override
        public InputStream open() {
            return new InputStream() {
                private long rest = bytes;

                @Override
                public int read() {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    if (rest == 0) {
                        return -1;
                    }
                    int count = (int) Math.min(rest, Math.min(length, 4000));
                    long at = bytes - rest;
                    for (int i = 0; i < count; i++) {
                        long word = (at + i) / 8 * 0x9E3779B97F4A7C15L;
                        target[offset + i] = (byte) (word >>> (40 + (at + i) % 8));
                    }
                    rest -= count;
                    return count;
                }
            };
        }
    }
}
