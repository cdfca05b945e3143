package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DroppedPorts;
import de.joecash.backup.testkit.Needed;
import de.joecash.backup.testkit.Pace;
import de.joecash.backup.testkit.Relay;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in mid-upload to a real server: it arrives once, whole, or the reason is told. */
class FaultsTest extends RealServerScenario {
    private static final int LENGTH = 30_000_000;
    private static final int MIDDLE = 18_000_000;

    /** What nobody reads waits in the receiver's buffer, which Linux lets grow to 32 MiB. */
    private static final int MORE_THAN_SYSTEMS_HOLD = 46_000_000;

    private static final byte[] BYTES = random(LENGTH);

    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void goesOnAfterTheServerWasKilled(Protection.Tls tls) throws Exception {
        start(tls);

        assertThat(problemOfPut(new BytesContent(BYTES).at(MIDDLE, server()::stop)))
                .isInstanceOf(Problem.ServerUnreachable.class);

        server().start();
        assertThat(arrives(BYTES)).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void givesUpAServerThatFreezesAndGoesOnWhenItWasStartedAnew(Protection.Tls tls) throws Exception {
        start(tls);
        connect(Verify.FULL, Duration.ofSeconds(1));
        byte[] bytes = random(MIDDLE + MORE_THAN_SYSTEMS_HOLD);

        AtomicReference<Stopwatch> watch = new AtomicReference<>(Stopwatch.start());
        assertThat(problemOfPut(new BytesContent(bytes).at(MIDDLE, () -> {
                    server().freeze();
                    watch.set(Stopwatch.start());
                })))
                .isInstanceOf(Problem.ServerUnreachable.class);
        assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(10));

        // Thawed, vsftpd keeps the part locked for as long as it waits for the connection that is gone.
        server().stop();
        server().start();
        connect(Verify.FULL, Await.PATIENCE);
        assertThat(arrives(bytes)).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({"OFF,CLOSE", "OFF,RESET", "EXPLICIT,CLOSE", "EXPLICIT,RESET"})
    void goesOnAfterTheDataConnectionBroke(Protection.Tls tls, Relay.How how) throws Exception {
        start(tls);

        assertThat(problemOfPut(new BytesContent(BYTES).at(MIDDLE, () -> cutDataLines(how)))
                        .passing())
                .isTrue();

        assertThat(arrives(BYTES)).isGreaterThan(1_000_000);
    }

    /** A router that has forgotten a connection answers nothing. */
    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void goesOnAfterWhatItSentWasDroppedOnTheWay(Protection.Tls tls) throws Exception {
        start(tls, "data_connection_timeout=2");
        connect(Verify.FULL, Duration.ofSeconds(2));

        try (DroppedPorts dropped = droppedDataPorts()) {
            AtomicReference<Stopwatch> watch = new AtomicReference<>(Stopwatch.start());
            assertThat(problemOfPut(new BytesContent(BYTES).at(MIDDLE, () -> {
                        dropped.begin();
                        watch.set(Stopwatch.start());
                    })))
                    .isInstanceOf(Problem.ServerUnreachable.class);
            assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(15));
        }

        connect(Verify.FULL, Await.PATIENCE);
        assertThat(arrives(BYTES)).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void asksAgainWhenTheControlConnectionIsLostAtTheEnd(Protection.Tls tls) throws Exception {
        start(tls);

        try {
            put(new BytesContent(BYTES).at(LENGTH, () -> controlLine().cut(Relay.How.RESET)));
            assertThat(stored(NAME)).hasBinaryContent(BYTES);
            assertThat(stored(PART)).doesNotExist();
        } catch (BackupException e) {
            // The server was not done with what it had; then it is said so, and the next attempt is short.
            assertThat(e.problem()).isInstanceOf(Problem.ServerUnreachable.class);
            assertThat(arrives(BYTES)).isGreaterThan(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void mindsNotAWrongPassiveAddress(Protection.Tls tls) throws Exception {
        start(tls, "pasv_address=192.0.2.1", "cmds_denied=EPSV");

        arrives(BYTES);
    }

    @Test
    void leavesAFullDiskAsItWas() throws Exception {
        start(Protection.Tls.OFF);
        String home = server().home().toString();
        Needed.on(run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", home).isEmpty(), "a tmpfs may be mounted");
        try {
            server().emptyHome();

            Problem problem = problemOfPut(new BytesContent(BYTES));

            assertThat(problem.passing()).isTrue();
            assertThat(problem).isNotInstanceOf(Problem.ServerUnreachable.class);
            assertThat(stored(PART)).doesNotExist();
            assertThat(run("mount", "-o", "remount,size=64m", home)).isEmpty();
            arrives(BYTES);
        } finally {
            run("umount", "-l", home);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void triesAWrongPasswordOnce() throws Exception {
        start(Protection.Tls.EXPLICIT);
        FtpProvider wrong = FtpContract.provider(
                "127.0.0.1", server().port(), "wrong", TlsContract.explicit(made()), Verify.FULL, Await.PATIENCE);
        try {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> wrong.connect("tills", List.of(), new Cancellation()))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.LoginRefused(ID)));
        } finally {
            wrong.stop();
        }
        assertThat(logged("FAIL LOGIN")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "EXPLICIT"})
    void stopsInTheMiddleAndGoesOnWithTheNextBundle(Protection.Tls tls) throws Exception {
        start(tls);

        AtomicReference<Stopwatch> watch = new AtomicReference<>(Stopwatch.start());
        assertThat(problemOfPut(new BytesContent(BYTES).at(MIDDLE, () -> {
                    watch.set(Stopwatch.start());
                    provider().stop();
                })))
                .isEqualTo(new Problem.Stopping());
        assertThat(watch.get().elapsed()).isLessThan(Duration.ofSeconds(4));

        connect(Verify.FULL, Await.PATIENCE);
        assertThat(arrives(BYTES)).isGreaterThan(1_000_000);
    }

    @Test
    void beginsAnewWhereOnlyTheMiddleOfWhatIsThereIsNotTheContents() throws Exception {
        start(Protection.Tls.OFF);
        byte[] left = Arrays.copyOf(BYTES, MIDDLE);
        left[MIDDLE / 2] ^= 1;
        leavePart(left);

        arrives(BYTES);
    }

    @Test
    void comparesASampleWhereThatIsAskedFor() throws Exception {
        start(Protection.Tls.EXPLICIT);
        connect(Verify.SAMPLE, Await.PATIENCE);
        long before = controlLine().toServer();

        put(new BytesContent(BYTES));

        assertThat(stored(NAME)).hasBinaryContent(BYTES);
        assertThat(before).isLessThan(controlLine().toServer());
        assertThat(logged("DOWNLOAD")).isEqualTo(10);
    }

    /** The goal: 1.05 times its length in all. */
    @Test
    void sendsHardlyAnythingTwice() throws Exception {
        start(Protection.Tls.OFF);
        byte[] bytes = random(200_000_000);

        problemOfPut(new BytesContent(bytes).at(120_000_000, () -> cutDataLines(Relay.How.RESET)));
        // It may still be writing what was on its way.
        server().awaitIdle();
        long first = arrives(bytes);

        long sent = controlLine().toServer()
                + dataLines().stream().mapToLong(Relay::toServer).sum();
        System.out.printf("200 MB cut at 60 %%: gone on with at %,d, %,d bytes sent in all%n", first, sent);
        assertThat(sent).isLessThan((long) (1.05 * bytes.length));
    }

    @Test
    void keepsEvenlyToThePaceThatItIsGiven() throws Exception {
        start(Protection.Tls.EXPLICIT);
        byte[] bytes = random(8_000_000);
        Pace pace =
                new Pace(() -> dataLines().stream().mapToLong(Relay::toServer).sum());

        try (Destination destination = provider().connect("tills", List.of(), new Cancellation())) {
            destination.put(NAME, new BytesContent(bytes), pace);
        }

        pace.requireHeld(bytes.length);
    }

    @Test
    void saysThatASampleProvesTheLengthOnly() throws Exception {
        start(Protection.Tls.OFF);
        connect(Verify.SAMPLE, Await.PATIENCE);

        try (Destination destination = provider().connect("tills", List.of(), new Cancellation())) {
            assertThat(destination.capabilities().proof()).isEqualTo(Copy.Proof.LENGTH_EQUAL);
        }
    }
}
