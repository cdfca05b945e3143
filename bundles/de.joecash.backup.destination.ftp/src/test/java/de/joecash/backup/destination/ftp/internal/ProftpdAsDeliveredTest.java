package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Proftpd;
import de.joecash.backup.testkit.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ProFTPD as it is delivered: REST before STOR is refused, and APPE, too. */
class ProftpdAsDeliveredTest {
    private static final int LENGTH = 3_000_000;
    private static final int LEFT = 2_000_000;

    @TempDir
    private Path directory;

    @TempDir
    private Path certificates;

    @Test
    void sendsAnewWhatMayNotBeGoneOnWith() throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(1).nextBytes(bytes);
        TestCertificates made = new TestCertificates(certificates);
        List<Long> sent = new ArrayList<>();
        try (Proftpd server = new Proftpd(directory, made.good(), List.of())) {
            server.start();
            Path part = server.home().resolve("tills/a.gz.part");
            Files.write(part, Arrays.copyOf(bytes, LEFT));
            Files.setOwner(part, Files.getOwner(server.home()));
            FtpProvider provider = FtpContract.provider(
                    "127.0.0.1",
                    server.port(),
                    FtpContract.PASSWORD,
                    TlsContract.explicit(made),
                    Verify.FULL,
                    Await.PATIENCE);
            try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
                destination.put("a.gz", new BytesContent(bytes), sent::add);
            } finally {
                provider.stop();
            }
            assertThat(server.home().resolve("tills/a.gz")).hasBinaryContent(bytes);
        }
        assertThat(sent).isSorted().endsWith((long) LENGTH);
        assertThat(sent.get(0)).isLessThan(LEFT);
    }
}
