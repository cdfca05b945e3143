package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.testkit.PureFtpd;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** A server of web hosts. */
class PureFtpdTest extends TlsContract {
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        start(PureFtpd::new);
    }
}
