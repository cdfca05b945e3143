package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Needed;
import de.joecash.backup.testkit.OpenSsh;
import de.joecash.backup.testkit.Pace;
import de.joecash.backup.testkit.Relay;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server, or the line to it, fails in the middle: the file arrives once and whole, or not at all. */
class BadDayTest {
    private static final String ID = TestSettings.ID;
    private static final String NAME = "a.gz";
    private static final int LENGTH = 20_000_000;
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private final Cancellation cancellation = new Cancellation();
    private final byte[] bytes = random(LENGTH);
    private OpenSsh server;
    private Relay line;
    private SftpProvider provider;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new OpenSsh(directory);
        server.start();
        line = new Relay(server.port());
        use(TestSettings.of(server));
    }

    private void use(TestSettings settings) {
        if (provider != null) {
            provider.stop();
        }
        provider = new SftpProvider(settings.port(line.port()).build());
    }

    @AfterEach
    void stop() throws IOException {
        if (provider != null) {
            provider.stop();
            line.close();
            server.close();
        }
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws Exception {
        assertThat(problemOfPut(new BytesContent(bytes).at(LENGTH / 2, server::stop)))
                .isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(published()).isFalse();

        server.start();
        put(new BytesContent(bytes));

        assertThat(server.home().resolve("tills").resolve(NAME)).hasBinaryContent(bytes);
    }

    @Test
    void givesUpAServerThatDoesNothingMore() throws Exception {
        use(TestSettings.of(server).timeout(SHORT));

        AtomicReference<Stopwatch> watch = new AtomicReference<>(Stopwatch.start());
        Problem problem = problemOfPut(new BytesContent(bytes).at(LENGTH / 2, () -> {
            server.freeze();
            watch.set(Stopwatch.start());
        }));

        assertThat(problem).isEqualTo(new Problem.ServerUnreachable(ID, "no answer in time"));
        assertThat(watch.get().elapsed()).isLessThan(SHORT.multipliedBy(4));
        assertThat(published()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Relay.How.class)
    void sendsNoMoreThanWasMissingAfterTheLineBroke(Relay.How how) throws Exception {
        byte[] large = random(200_000_000);
        line.cutAt(120_000_000, how);
        assertThat(problemOfPut(new BytesContent(large))).isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(published()).isFalse();

        put(new BytesContent(large));

        assertThat(line.toServer()).isLessThanOrEqualTo((long) (1.05 * large.length));
        Path sent = Files.write(directory.resolve("sent"), large);
        assertThat(Files.mismatch(sent, server.home().resolve("tills").resolve(NAME)))
                .isEqualTo(-1);
    }

    @Test
    void stopsWithinTwoSecondsWhenCancelledWhileTheServerDoesNothing() throws Exception {
        CompletableFuture<Problem> problem = frozenInTheMiddle();

        cancellation.cancel(new Problem.Cancelled());

        Await.within(Duration.ofSeconds(2), problem);
        assertThat(problem).isCompletedWithValue(new Problem.Cancelled());
    }

    @Test
    void stopsWithTheBundleInTheMiddleOfATransfer() throws Exception {
        CompletableFuture<Problem> problem = frozenInTheMiddle();

        Stopwatch watch = Stopwatch.start();
        provider.stop();

        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
        Await.within(Duration.ofSeconds(2), problem);
        assertThat(problem).isCompletedWithValue(new Problem.Stopping());
    }

    @Test
    void stopsWithinTwoSecondsWhenCancelledWhileTheServerDoesNotGreet() throws Exception {
        server.freeze();
        CompletableFuture<Problem> problem = CompletableFuture.supplyAsync(() -> problemOfPut(new BytesContent(bytes)));
        assertThat(problem).isNotDone();

        cancellation.cancel(new Problem.Cancelled());

        Await.within(Duration.ofSeconds(2), problem);
        assertThat(problem).isCompletedWithValue(new Problem.Cancelled());
    }

    private CompletableFuture<Problem> frozenInTheMiddle() throws Exception {
        CompletableFuture<Object> frozen = new CompletableFuture<>();
        CompletableFuture<Problem> problem =
                CompletableFuture.supplyAsync(() -> problemOfPut(new BytesContent(bytes).at(LENGTH / 2, () -> {
                    server.freeze();
                    frozen.complete(server);
                })));
        frozen.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return problem;
    }

    @Test
    void saysThatTheServersDiskIsFullAndLeavesNothingThere() throws Exception {
        Path tills = server.home().resolve("tills");
        mount(tills);
        try {
            assertThat(problemOfPut(new BytesContent(bytes))).isInstanceOf(Problem.ServerFull.class);

            assertThat(tills).isEmptyDirectory();
        } finally {
            // The server's session may end a little later than the connection.
            run("umount", "-l", tills.toString());
        }
    }

    private void mount(Path tills) throws IOException {
        Needed.on("root".equals(System.getProperty("user.name")), "the root user, to mount a tmpfs");
        Needed.on(
                run("mount", "-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", tills.toString()) == 0,
                "a tmpfs may be mounted");
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }

    @Test
    void saysThatTheDirectoryMayNotBeWrittenTo() throws Exception {
        Files.setPosixFilePermissions(server.home().resolve("tills"), PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThat(problemOfPut(new BytesContent(bytes))).isEqualTo(new Problem.ServerRefused(ID, "Permission denied"));
    }

    @Test
    void comparesTheWholeUnlessASampleIsEnough() throws Exception {
        byte[] other = bytes.clone();
        other[LENGTH / 2] ^= 1;
        left(Arrays.copyOf(other, LENGTH - 1));

        put(new BytesContent(bytes));
        assertThat(server.home().resolve("tills").resolve(NAME)).hasBinaryContent(bytes);
        Files.delete(server.home().resolve("tills").resolve(NAME));

        other = bytes.clone();
        other[0] ^= 1;
        left(Arrays.copyOf(other, LENGTH - 1));
        use(TestSettings.of(server).sampling());
        put(new BytesContent(bytes));
        assertThat(server.home().resolve("tills").resolve(NAME)).hasBinaryContent(bytes);
    }

    private void left(byte[] some) throws IOException {
        Path part = server.home().resolve("tills").resolve(NAME + ".part");
        Files.write(part, some);
        server.give(part);
    }

    @Test
    void writesThroughNoLinkThatIsCalledLikeThePart() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "other");
        server.give(target);
        Files.createSymbolicLink(server.home().resolve("tills").resolve(NAME + ".part"), target);

        put(new BytesContent(bytes));

        assertThat(target).hasContent("other");
        assertThat(Files.isRegularFile(server.home().resolve("tills").resolve(NAME), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void saysThatTheLineBrokeInTheMiddleOfReading() throws Exception {
        put(new BytesContent(bytes));

        try (Destination destination = provider.connect("tills", List.of(), cancellation);
                InputStream in = destination.open(NAME)) {
            assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(bytes, 1000));
            server.stop();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(in::readAllBytes)
                    .withCauseInstanceOf(BackupException.class);
        }
    }

    @Test
    void keepsEvenlyToThePaceThatItIsGiven() throws Exception {
        byte[] five = Arrays.copyOf(bytes, 5_000_000);
        Pace pace = new Pace(line::toServer);

        try (Destination destination = provider.connect("tills", List.of(), cancellation)) {
            destination.put(NAME, new BytesContent(five), pace);
        }

        pace.requireHeld(five.length);
    }

    private boolean published() {
        return Files.exists(server.home().resolve("tills").resolve(NAME));
    }

    private void put(Destination.Content content) throws BackupException, IOException {
        try (Destination destination = provider.connect("tills", List.of(), cancellation)) {
            destination.put(NAME, content, count -> {});
        }
    }

    private Problem problemOfPut(Destination.Content content) {
        try {
            put(content);
        } catch (BackupException e) {
            return e.problem();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("It was published");
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        new Random(length).nextBytes(random);
        return random;
    }
}
