package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DroppedPorts;
import de.joecash.backup.testkit.FreePorts;
import de.joecash.backup.testkit.Relay;
import de.joecash.backup.testkit.TestCertificates;
import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A vsftpd of a test's own, and a line to it that can break: the server's ports, at another address. */
abstract class RealServerScenario {
    static final String ID = "data-centre";
    static final String NAME = "a.gz";
    static final String PART = "a.gz.part";
    private static final String LINE = "127.0.0.2";
    private static final int DATA_PORTS = 6;

    @TempDir
    private Path directory;

    @TempDir
    static Path certificates;

    private final List<Relay> dataLines = new ArrayList<>();
    private Relay controlLine;
    private int firstDataPort;
    private Vsftpd server;
    private FtpProvider provider;
    private Protection protection;

    static TestCertificates made() {
        return new TestCertificates(certificates);
    }

    /** Sets the server up, with a good certificate where there is TLS, and starts it. */
    void start(Protection.Tls tls, String... more) throws IOException, InterruptedException {
        protection = tls == Protection.Tls.OFF ? FtpContract.CLEAR : TlsContract.explicit(made());
        List<String> lines = new ArrayList<>();
        if (tls != Protection.Tls.OFF) {
            lines.addAll(Vsftpd.tls(made().good()));
        }
        int first = FreePorts.first(DATA_PORTS);
        firstDataPort = first;
        lines.add("pasv_min_port=" + first);
        lines.add("pasv_max_port=" + (first + DATA_PORTS - 1));
        lines.addAll(List.of(more));
        server = new Vsftpd(directory, lines);
        server.start();
        controlLine = new Relay(server.port(), InetAddress.getByName(LINE), 0);
        for (int i = 0; i < DATA_PORTS; i++) {
            dataLines.add(new Relay(first + i, InetAddress.getByName(LINE), first + i));
        }
        connect(Verify.FULL, Await.PATIENCE);
    }

    /** Takes another destination over the line. */
    void connect(Verify verify, Duration dataTimeout) {
        if (provider != null) {
            provider.stop();
        }
        provider =
                FtpContract.provider(LINE, controlLine.port(), FtpContract.PASSWORD, protection, verify, dataTimeout);
    }

    @AfterEach
    void stop() throws IOException {
        if (provider != null) {
            provider.stop();
        }
        if (server != null) {
            server.close();
        }
        for (Relay each : dataLines) {
            each.close();
        }
        if (controlLine != null) {
            controlLine.close();
        }
    }

    Vsftpd server() {
        return server;
    }

    FtpProvider provider() {
        return provider;
    }

    Relay controlLine() {
        return controlLine;
    }

    List<Relay> dataLines() {
        return dataLines;
    }

    void cutDataLines(Relay.How how) throws IOException {
        for (Relay each : dataLines) {
            each.cut(how);
        }
    }

    /** Not dropped yet. */
    DroppedPorts droppedDataPorts() throws IOException {
        return new DroppedPorts(firstDataPort, DATA_PORTS);
    }

    Path stored(String name) {
        return server.home().resolve("tills").resolve(name);
    }

    /** Publishes, and gives what progress was told first. */
    long put(Destination.Content content) throws BackupException, IOException {
        List<Long> sent = new ArrayList<>();
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            destination.put(NAME, content, sent::add);
        }
        return sent.get(0);
    }

    Problem problemOfPut(Destination.Content content) throws IOException {
        try {
            put(content);
        } catch (BackupException e) {
            assertThat(stored(NAME)).doesNotExist();
            return e.problem();
        }
        throw new AssertionError("It was published");
    }

    /** Puts once more, over a line that holds, and finds it whole, once. */
    long arrives(byte[] bytes) throws BackupException, IOException {
        long first = put(new BytesContent(bytes));
        assertThat(stored(NAME)).hasBinaryContent(bytes);
        assertThat(stored(PART)).doesNotExist();
        return first;
    }

    long logged(String words) throws IOException {
        return server.log().stream().filter(line -> line.contains(words)).count();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    void leavePart(byte[] bytes) throws IOException {
        Files.write(stored(PART), bytes);
        Files.setOwner(stored(PART), Files.getOwner(server.home()));
    }
}
