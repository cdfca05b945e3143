package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.testkit.Proftpd;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** A server that gives digests, and compares the session of each data connection with the control connection's. */
class ProftpdTest extends TlsContract {
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        start((empty, identity) -> new Proftpd(empty, identity, List.of("AllowStoreRestart on")));
    }
}
