package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server of most data centres, which insists on its session for each data connection; with TLS 1.3. */
class VsftpdTlsTest extends TlsContract {
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        start((empty, identity) -> new Vsftpd(empty, Vsftpd.tls(identity)));
    }

    @Test
    void takesTheSessionUpOnEachDataConnection() throws Exception {
        int before = server().log().size();

        keepFiles();

        assertThat(server().log().subList(before, server().log().size()))
                .filteredOn(line -> line.contains("SSL version: TLSv1.3"))
                .filteredOn(line -> line.contains(" reused"))
                .hasSizeGreaterThan(10);
    }
}
