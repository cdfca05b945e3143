package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The server of most data centres; it knows no MLSD. */
class VsftpdTest extends FtpContract {
    @TempDir
    private static Path directory;

    private static Vsftpd server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new Vsftpd(directory);
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
    protected int port() {
        return server.port();
    }

    @Override
    protected Path home() {
        return server.home();
    }
}
