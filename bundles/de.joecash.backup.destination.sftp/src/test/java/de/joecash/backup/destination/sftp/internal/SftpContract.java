package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.Destination.StoredFile;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a server whose directory can be looked at. */
abstract class SftpContract extends DestinationContract {
    private SftpProvider provider;

    protected abstract SftpSettings settings() throws IOException;

    /** Where a session begins; {@code tills} is there, what is below is not. */
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
            try {
                provider = new SftpProvider(settings());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return provider;
    }

    @Override
    protected String directory() {
        return "tills/Straße 1/kasse1";
    }

    @Override
    protected List<String> hostileDirectories() {
        return List.of("..", "../up", "tills/../..", "tills\r\nrm x", "nul\0", "..\\up");
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
    void takesADirectoryAndALinkForNoFile() throws Exception {
        Files.createDirectory(home().resolve("folder.gz"));
        Files.createSymbolicLink(home().resolve("link.gz"), Path.of("/etc/passwd"));

        try (Destination destination = provider().connect("", List.of(), new Cancellation())) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat("folder.gz")).isEmpty();
            assertThat(destination.stat("link.gz")).isEmpty();
        }
    }
}
