package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Destination.StoredFile;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DestinationContract;
import de.joecash.backup.testkit.FtpServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a server whose directory can be looked at. */
abstract class FtpContract extends DestinationContract {
    static final String USER = FtpServerProcess.USER;
    static final String PASSWORD = FtpServerProcess.PASSWORD;

    static final Protection CLEAR = new Protection(Protection.Tls.OFF, true, Optional.empty(), Set.of());

    private FtpProvider provider;

    protected abstract int port();

    /** The user's home directory; {@code tills} is there, what is below is not. */
    protected abstract Path home();

    @AfterEach
    void stopProvider() {
        if (provider != null) {
            provider.stop();
        }
    }

    @Override
    protected DestinationProvider provider() {
        if (provider == null) {
            provider = provider(PASSWORD);
        }
        return provider;
    }

    private FtpProvider provider(String password) {
        return provider("127.0.0.1", port(), password, protection(), Verify.FULL, Await.PATIENCE);
    }

    /** A destination that the tests' user may use. */
    static FtpProvider provider(
            String host, int port, String password, Protection protection, Verify verify, Duration dataTimeout) {
        return new FtpProvider(new FtpSettings(
                "data-centre",
                new Server(host, port, USER),
                new Secret(password),
                protection,
                verify,
                new Patience(Await.PATIENCE, dataTimeout)));
    }

    /** In the clear, unless a subclass knows better. */
    protected Protection protection() {
        return CLEAR;
    }

    /** On loopback megabytes are in the systems' buffers when a line is cut, and the server writes them meanwhile. */
    @Override
    protected long sentAgainAtMost() {
        return 6 << 20;
    }

    @Override
    protected String directory() {
        return "tills/Straße 1/kasse1";
    }

    @Override
    protected List<String> hostileDirectories() {
        return List.of("..", "../up", "tills/../..", "tills\r\nDELE x", "nul\0", "..\\up");
    }

    @Override
    protected void place(String name, byte[] bytes) throws IOException {
        // Made by the server, so that it is the server's user's.
        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            destination.put("placeholder", new BytesContent(bytes), count -> {});
        } catch (BackupException e) {
            throw new IOException(e);
        }
        Path folder = home().resolve(directory());
        Files.move(folder.resolve("placeholder"), folder.resolve(name));
    }

    @Override
    protected Set<String> present() throws IOException {
        if (!Files.exists(home().resolve(directory()))) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(home().resolve(directory()))) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** A directory that was mistyped in a question stays one that is not there. */
    @Test
    void createsTheDirectoryForAFileAlone() throws Exception {
        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat("a.gz")).isEmpty();
            destination.delete("a.gz");
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.open("a.gz"))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.UnknownBackup("a.gz")));
            assertThat(home().resolve("tills")).isEmptyDirectory();

            destination.put("a.gz", new BytesContent(new byte[10]), count -> {});

            assertThat(destination.list()).containsExactly(new StoredFile("a.gz", 10));
        }
        assertThat(home().resolve(directory()).resolve("a.gz")).hasSize(10);
    }

    @Test
    void saysWhereAFileIsInTheWayOfTheDirectory() throws Exception {
        place("a.gz", new byte[10]);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> provider().connect(directory() + "/a.gz", List.of(), new Cancellation()))
                .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.ServerRefused.class));
    }

    @Test
    void beginsAtTheServersRootWhenToldSo() throws Exception {
        try (Destination destination = provider().connect("/tills", List.of(), new Cancellation())) {
            destination.put("a.gz", new BytesContent(new byte[10]), count -> {});
        }
        assertThat(home().resolve("tills/a.gz")).hasSize(10);
    }

    @Test
    void takesADirectoryForNoFile() throws Exception {
        try (Destination destination = provider().connect("", List.of(), new Cancellation())) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat("tills")).isEmpty();
        }
    }

    @Test
    void isRefusedWithAWrongPassword() {
        FtpProvider wrong = provider("wrong");
        try {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> wrong.connect("", List.of(), new Cancellation()))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.LoginRefused("data-centre")));
        } finally {
            wrong.stop();
        }
    }
}
