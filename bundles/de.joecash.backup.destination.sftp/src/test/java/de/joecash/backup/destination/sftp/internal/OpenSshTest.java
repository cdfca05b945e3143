package de.joecash.backup.destination.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.OpenSsh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of most data centres; it digests nothing, so everything is read back. */
class OpenSshTest extends SftpContract {
    @TempDir
    private static Path directory;

    private static OpenSsh server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new OpenSsh(directory);
        server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void emptyHome() throws IOException {
        server.emptyHome();
    }

    @Override
    protected void settle() {
        server.awaitIdle();
    }

    @Override
    protected SftpSettings settings() throws IOException {
        return TestSettings.of(server).build();
    }

    @Override
    protected Path home() {
        return server.home();
    }

    @Test
    void beginsAtTheServersRootWhenToldSo() throws Exception {
        try (Destination destination = provider().connect(server.home() + "/tills", List.of(), new Cancellation())) {
            destination.put("a.gz", new BytesContent(new byte[10]), count -> {});
        }
        assertThat(home().resolve("tills/a.gz")).hasSize(10);
    }
}
