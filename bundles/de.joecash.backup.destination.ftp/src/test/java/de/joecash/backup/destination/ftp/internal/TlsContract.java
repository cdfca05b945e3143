package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.FtpServerProcess;
import de.joecash.backup.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a server that insists on TLS. Subclasses start it before all tests. */
abstract class TlsContract extends FtpContract {
    @TempDir
    private static Path directory;

    @TempDir
    private static Path certificates;

    private static FtpServerProcess server;
    private static Protection protection;

    /** Sets a server up. */
    interface SetUp {
        FtpServerProcess server(Path empty, TestCertificates.Identity identity) throws IOException;
    }

    static void start(SetUp setUp) throws IOException, InterruptedException {
        TestCertificates made = new TestCertificates(certificates);
        server = setUp.server(directory, made.good());
        server.start();
        protection = explicit(made);
    }

    /** TLS with a server that the tests' own authority vouches for. */
    static Protection explicit(TestCertificates made) throws IOException {
        return new Protection(
                Protection.Tls.EXPLICIT, false, Optional.of(made.authority().certificate()), Set.of());
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @BeforeEach
    void emptyHome() throws IOException {
        server.emptyHome();
    }

    static FtpServerProcess server() {
        return server;
    }

    @Override
    protected Protection protection() {
        return protection;
    }

    @Override
    protected void settle() {
        server.awaitIdle();
    }

    @Override
    protected int port() {
        return server.port();
    }

    @Override
    protected Path home() {
        return server.home();
    }

    /** Something with several data connections in both directions. */
    void keepFiles() throws BackupException, IOException {
        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            for (int i = 0; i < 5; i++) {
                destination.put("kasse1-" + i + ".json", new BytesContent(new byte[1000]), bytes -> {});
            }
            assertThat(destination.list()).hasSize(5);
        }
    }

    @Test
    void isConfidential() throws Exception {
        try (Destination destination = provider().connect(directory(), List.of(), new Cancellation())) {
            assertThat(destination.capabilities().confidential()).isTrue();
        }
    }
}
