package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.PureFtpd;
import de.joecash.backup.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server that lets its user have 10 MB. */
class QuotaTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path certificates;

    @Test
    void aQuotaThatIsUsedUpIsSaidAndNothingIsLeftThere() throws Exception {
        TestCertificates made = new TestCertificates(certificates);
        try (PureFtpd server = new PureFtpd(directory, made.good(), "--quota", "100:10")) {
            server.start();
            FtpProvider provider = FtpContract.provider(
                    "127.0.0.1",
                    server.port(),
                    FtpContract.PASSWORD,
                    TlsContract.explicit(made),
                    Verify.FULL,
                    Await.PATIENCE);
            try {
                put(provider, "small.gz", 1_000_000);

                Problem problem = catchThrowableOfType(BackupException.class, () -> put(provider, "a.gz", 30_000_000))
                        .problem();

                assertThat(problem).isInstanceOfSatisfying(Problem.ServerFull.class, full -> assertThat(full.reply())
                        .startsWith("552"));
                assertThat(server.home().resolve("tills")).isDirectoryNotContaining("glob:**a.gz*");
                put(provider, "other.gz", 2_000_000);
                assertThat(server.home().resolve("tills/other.gz")).hasSize(2_000_000);
            } finally {
                provider.stop();
            }
        }
    }

    private static void put(FtpProvider provider, String name, int length) throws BackupException, IOException {
        try (Destination destination = provider.connect("tills", List.of(), new Cancellation())) {
            destination.put(name, new BytesContent(new byte[length]), count -> {});
        }
    }
}
