package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehavingServerTest {
    private static final String ID = "data-centre";
    private static final String NAME = "a.gz";
    private static final String PART = "a.gz.part";
    private static final byte[] BYTES = new byte[300_000];
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch over = new CountDownLatch(1);
    private ScriptedServer server;
    private FtpProvider provider;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        provider = provider("127.0.0.1", true, LONG);
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        provider.stop();
        server.close();
    }

    @Test
    void sendsNoByteInTheClearUnlessAllowed() {
        FtpProvider careful = provider("127.0.0.1", false, LONG);

        assertThat(problemOfConnect(careful)).isEqualTo(new Problem.CleartextRefused(ID));
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void tellsAServerWithoutTlsNothing() {
        for (String reply : List.of("500 unknown", "502 not implemented", "530 please log in", "534 no")) {
            server.commands.clear();
            server.always("AUTH", (session, argument) -> reply);

            assertThat(problemOfConnect(careful())).isEqualTo(new Problem.CleartextRefused(ID));
            assertThat(server.commands).containsExactly("AUTH TLS");
        }
    }

    @Test
    void waitsForAServerWhoseTlsIsBusy() {
        server.always("AUTH", (session, argument) -> "431 for now not");

        assertThat(problemOfConnect(careful())).isEqualTo(new Problem.ServerBusy(ID, "431 for now not"));
    }

    private FtpProvider careful() {
        return FtpContract.provider(
                "127.0.0.1",
                server.port(),
                "secret",
                new Protection(Protection.Tls.EXPLICIT, true, Optional.empty(), Set.of()),
                Verify.FULL,
                LONG);
    }

    @Test
    void provesByContentGoesOnAndIsOffTheServer() throws Exception {
        try (Destination destination = connect()) {
            assertThat(destination.capabilities())
                    .isEqualTo(
                            new Destination.Capabilities(true, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, true, false));
        }
    }

    @Test
    void namesAServerThatIsNotThere() throws Exception {
        server.close();
        assertThat(problemOfConnect(provider)).isInstanceOf(Problem.ServerUnreachable.class);

        assertThat(problemOfConnect(provider("no-such-host.invalid", true, LONG)))
                .isEqualTo(new Problem.ServerUnreachable(ID, "unknown host"));
    }

    @ParameterizedTest
    @CsvSource({
        "HELLO,421 too many,ServerBusy",
        "USER,530 no,LoginRefused",
        "PASS,530 no,LoginRefused",
        "PASS,332 account,LoginRefused",
        "PASS,421 too many,ServerBusy",
        "PASS,550 TLS first,ServerRefused",
        "CWD,450 busy,ServerBusy",
        "TYPE,504 ASCII only,ServerRefused",
        "USER,nonsense,ServerUnreachable"
    })
    void saysWhyItCannotConnect(String command, String reply, String problem) {
        server.always(command, (session, argument) -> reply);

        assertThat(problemOfConnect(provider).code()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "STOR,550 not allowed,ServerRefused",
        "STOR,552 quota,ServerFull",
        "STOR,452 disk full,ServerFull",
        "STOR,425 no data connection,ServerBusy",
        "EPSV,421 going down,ServerBusy",
        "SIZE,450 busy,ServerBusy",
        "SIZE,502 unknown,ServerRefused",
        "SIZE,213 many,ServerRefused",
        "RNFR,550 not allowed,ServerRefused",
        "RNTO,553 not allowed,ServerRefused"
    })
    void saysWhyItCannotStore(String command, String reply, String problem) {
        server.always(command, (session, argument) -> reply);

        assertThat(problemOfPut().code()).isEqualTo(problem);
        assertThat(server.files).doesNotContainKey(NAME);
    }

    @ParameterizedTest
    @CsvSource({"452 disk full,ServerFull", "426 broken,ServerBusy", "552 quota,ServerFull"})
    void hearsWhyATransferEndedEarly(String reply, String problem) {
        server.always("STOR", (session, argument) -> {
            Socket data = session.data();
            data.getInputStream().readNBytes(1000);
            // What was not read makes the client's next write fail.
            data.setSoLinger(true, 0);
            data.close();
            return reply;
        });

        assertThat(problemOfPut().code()).isEqualTo(problem);
        assertThat(server.files).isEmpty();
    }

    @Test
    void hearsAtTheEndThatNothingWasStored() {
        server.always("STOR", (session, argument) -> {
            session.store(argument);
            return "451 disk broken";
        });

        assertThat(problemOfPut()).isEqualTo(new Problem.ServerBusy(ID, "451 disk broken"));
        assertThat(server.files).isEmpty();
    }

    @Test
    void believesNoLengthButTheRightOne() {
        server.always("STOR", (session, argument) -> {
            String reply = session.store(argument);
            server.files.computeIfPresent(argument, (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));
            return reply;
        });

        assertThat(problemOfPut()).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(server.files).isEmpty();
    }

    @Test
    void believesNoContentButTheRightOne() {
        server.always("STOR", (session, argument) -> {
            String reply = session.store(argument);
            server.files.get(argument)[1000] ^= 1;
            return reply;
        });

        assertThat(problemOfPut()).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(server.files).isEmpty();
    }

    @Test
    void publishesNothingWhereWhatWasStoredCannotBeReadBack() {
        server.always("RETR", (session, argument) -> null);

        assertThat(problemOfPut()).isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(server.files).containsOnlyKeys(PART);
    }

    @Test
    void readsBackWhatAServerDoesNotDigestAsItOffered() throws Exception {
        server.always("FEAT", (session, argument) -> "211-here\r\n XSHA256\r\n211 end");
        server.always("XSHA256", (session, argument) -> "550 too large");

        put();

        assertThat(server.files.get(NAME)).isEqualTo(BYTES);
        assertThat(server.commands).contains("XSHA256 " + PART).contains("RETR " + PART);
    }

    @Test
    void believesNoDigestButTheRightOne() {
        server.always("FEAT", (session, argument) -> "211-here\r\n HASH SHA-1;SHA-256\r\n211 end");
        server.always("OPTS", (session, argument) -> "200 SHA-256");
        server.always("HASH", (session, argument) -> "213 SHA-256 0-299999 " + "0".repeat(64) + " " + argument);

        assertThat(problemOfPut()).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(server.files).isEmpty();
    }

    @Test
    void appendsWhereTheServerTakesNoOffset() throws Exception {
        server.files.put(PART, Arrays.copyOf(BYTES, 1000));
        server.always("APPE", (session, argument) -> {
            byte[] before = server.files.get(argument);
            String reply = session.store(argument);
            byte[] rest = server.files.get(argument);
            byte[] all = Arrays.copyOf(before, before.length + rest.length);
            System.arraycopy(rest, 0, all, before.length, rest.length);
            server.files.put(argument, all);
            return reply;
        });

        put();

        assertThat(server.files.get(NAME)).isEqualTo(BYTES);
        assertThat(server.commands).contains("REST 1000", "APPE " + PART).doesNotContain("DELE " + PART);
    }

    @Test
    void sendsAnewWhereTheServerLetsNothingGoOn() throws Exception {
        server.files.put(PART, Arrays.copyOf(BYTES, 1000));

        put();

        assertThat(server.files).containsOnlyKeys(NAME);
        assertThat(server.files.get(NAME)).isEqualTo(BYTES);
        assertThat(server.commands).contains("REST 1000", "APPE " + PART, "STOR " + PART);
    }

    @Test
    void asksAgainWhereTheAnswerToStoringWasLost() throws Exception {
        server.once("STOR", (session, argument) -> {
            session.store(argument);
            return null;
        });

        put();

        assertThat(server.files).containsOnlyKeys(NAME);
        assertThat(server.files.get(NAME)).isEqualTo(BYTES);
        assertThat(server.connections).hasValue(2);
        assertThat(server.commands)
                .filteredOn(command -> command.startsWith("STOR"))
                .hasSize(1);
    }

    @Test
    void asksAgainWhereTheAnswerToRenamingWasLost() throws Exception {
        server.once("RNTO", (session, argument) -> {
            session.does("RNTO", argument);
            return null;
        });

        put();

        assertThat(server.files).containsOnlyKeys(NAME);
        assertThat(server.commands)
                .filteredOn(command -> command.startsWith("RNTO"))
                .hasSize(1);
    }

    @Test
    void renamesAgainWhereTheConnectionBrokeBefore() throws Exception {
        server.once("RNTO", (session, argument) -> null);

        put();

        assertThat(server.files).containsOnlyKeys(NAME);
    }

    @Test
    void leavesAloneWhatAnotherPutThereWhileTheAnswerWasLost() {
        byte[] foreign = new byte[BYTES.length];
        Arrays.fill(foreign, (byte) 7);
        server.once("RNTO", (session, argument) -> {
            server.files.put(argument, foreign);
            return null;
        });

        assertThat(problemOfPut()).isEqualTo(new Problem.NameTaken(ID, NAME));
        assertThat(server.files.get(NAME)).isEqualTo(foreign);
    }

    @Test
    void doesNotGoRoundForEverWithAServerThatRenamesNothing() {
        server.always("RNTO", (session, argument) -> "250 renamed");

        assertThat(problemOfPut()).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(server.files).doesNotContainKey(NAME);
    }

    @Test
    void publishesNothingWhenTheServerDiesInTheMiddle() {
        server.always("STOR", (session, argument) -> {
            try (Socket data = session.data()) {
                server.files.put(argument, data.getInputStream().readNBytes(1000));
            }
            server.close();
            return null;
        });

        assertThat(problemOfPut()).isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(server.files).containsOnlyKeys(PART);
    }

    @Test
    void givesUpAServerThatTakesNothingMore() {
        FtpProvider impatient = provider("127.0.0.1", true, new Patience(LONG, SHORT));
        AtomicReference<Stopwatch> watch = new AtomicReference<>();
        AtomicLong before = new AtomicLong();
        server.always("STOR", (session, argument) -> {
            before.set(System.nanoTime());
            watch.set(Stopwatch.start());
            session.data();
            return hang();
        });

        Problem problem = problemOfPut(impatient, new byte[50_000_000]);

        assertThat(problem).isEqualTo(new Problem.ServerUnreachable(ID, "no progress in time"));
        assertThat(Duration.ofNanos(System.nanoTime() - before.get())).isGreaterThanOrEqualTo(SHORT);
        assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELLO", "PASS", "SIZE", "RETR"})
    void givesUpAServerThatDoesNotAnswer(String command) {
        FtpProvider impatient = provider("127.0.0.1", true, SHORT);
        server.files.put(NAME, BYTES);
        server.always(command, (session, argument) -> hang());

        Stopwatch watch = Stopwatch.start();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> {
                    try (Destination destination = impatient.connect("tills", List.of(), cancellation)) {
                        destination.open(NAME).close();
                    }
                })
                .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.ServerUnreachable.class));
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void stopsWithinTwoSecondsWhenCancelledWhileTheServerTakesNothing() {
        assertThat(problemWhileStalled(() -> cancellation.cancel(new Problem.Cancelled())))
                .isEqualTo(new Problem.Cancelled());
    }

    @Test
    void stopsWithinTwoSecondsWithThePluginWhileTheServerTakesNothing() {
        assertThat(problemWhileStalled(provider::stop)).isEqualTo(new Problem.Stopping());
    }

    @Test
    void stopsWithinTwoSecondsWhenCancelledWhileTheServerDoesNotGreet() {
        CountDownLatch connected = new CountDownLatch(1);
        server.always("HELLO", (session, argument) -> {
            connected.countDown();
            return hang();
        });

        CompletableFuture<Problem> problem = CompletableFuture.supplyAsync(() -> problemOfConnect(provider));
        Await.open("a connection", connected);
        cancellation.cancel(new Problem.Cancelled());

        Await.within(Duration.ofSeconds(2), problem);
        assertThat(problem).isCompletedWithValue(new Problem.Cancelled());
    }

    @Test
    void goesToTheServerItselfWhateverAddressItNames() throws Exception {
        server.always("EPSV", (session, argument) -> "500 unknown");
        server.always("PASV", (session, argument) -> {
            int port = session.listenForData();
            return "227 entering (192,0,2,1," + port / 256 + "," + port % 256 + ")";
        });

        put();

        assertThat(server.files.get(NAME)).isEqualTo(BYTES);
    }

    @Test
    void noticesThatAFileEndsEarly() throws Exception {
        server.files.put(NAME, BYTES);
        server.always("RETR", (session, argument) -> session.retrieve(argument, 1000));

        try (Destination destination = connect();
                InputStream in = destination.open(NAME)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(BackupException.class)
                    .hasMessageContaining("1000 of 300000 bytes");
        }
    }

    @Test
    void hearsThatAFileWasNotSentWhole() throws Exception {
        server.files.put(NAME, BYTES);
        server.always("RETR", (session, argument) -> {
            session.retrieve(argument, Integer.MAX_VALUE);
            return "451 disk broken";
        });

        try (Destination destination = connect()) {
            InputStream in = destination.open(NAME);
            in.readAllBytes();
            assertThatExceptionOfType(IOException.class).isThrownBy(in::close).withMessageContaining("451 disk broken");
        }
    }

    @Test
    void doesNotRepeatAPasswordThatTheServerRepeats() {
        server.always("PASS", (session, argument) -> "550 " + argument + " is not allowed");

        assertThat(problemOfConnect(provider)).isEqualTo(new Problem.ServerRefused(ID, "550 *** is not allowed"));
    }

    @Test
    void goesOnWithANewConnectionAfterOneBroke() throws Exception {
        try (Destination destination = connect()) {
            server.once("SIZE", (session, argument) -> null);
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.stat(NAME))
                    .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.ServerUnreachable.class));

            destination.put(NAME, new BytesContent(BYTES), count -> {});
        }
        assertThat(server.files).containsOnlyKeys(NAME);
    }

    private ScriptedServer.Reaction stalled(CountDownLatch reached) {
        return (session, argument) -> {
            session.data();
            reached.countDown();
            return hang();
        };
    }

    /** Says nothing more until the test is over. */
    private String hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return null;
    }

    private Problem problemWhileStalled(Runnable end) {
        CountDownLatch reached = new CountDownLatch(1);
        server.always("STOR", stalled(reached));
        CompletableFuture<Problem> problem =
                CompletableFuture.supplyAsync(() -> problemOfPut(provider, new byte[50_000_000]));
        Await.open("a transfer under way", reached);
        end.run();
        Await.within(Duration.ofSeconds(2), problem);
        return problem.join();
    }

    private FtpProvider provider(String host, boolean allowCleartext, Duration timeout) {
        return provider(host, allowCleartext, new Patience(timeout, timeout));
    }

    private FtpProvider provider(String host, boolean allowCleartext, Patience patience) {
        return new FtpProvider(new FtpSettings(
                ID,
                new Server(host, server.port(), "till"),
                new Secret("secret"),
                new Protection(Protection.Tls.OFF, allowCleartext, Optional.empty(), Set.of()),
                Verify.FULL,
                patience));
    }

    private Destination connect() throws BackupException {
        return provider.connect("tills", List.of(), cancellation);
    }

    private void put() throws BackupException, IOException {
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(BYTES), count -> {});
        }
    }

    private Problem problemOfPut() {
        return problemOfPut(provider, BYTES);
    }

    private Problem problemOfPut(FtpProvider with, byte[] bytes) {
        try (Destination destination = with.connect("tills", List.of(), cancellation)) {
            destination.put(NAME, new BytesContent(bytes), count -> {});
        } catch (BackupException e) {
            return e.problem();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("It was published");
    }

    private Problem problemOfConnect(FtpProvider with) {
        try (Destination destination = with.connect("tills", List.of(), cancellation)) {
            throw new AssertionError("It was connected: " + destination);
        } catch (BackupException e) {
            return e.problem();
        }
    }
}
