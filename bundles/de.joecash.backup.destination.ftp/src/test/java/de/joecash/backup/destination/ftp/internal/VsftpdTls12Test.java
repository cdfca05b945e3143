package de.joecash.backup.destination.ftp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Vsftpd;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As {@link VsftpdTlsTest}, with a server that knows TLS 1.2 only. */
class VsftpdTls12Test extends TlsContract {
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        start((empty, identity) -> {
            Vsftpd server = new Vsftpd(empty, Vsftpd.tls(identity));
            server.speakAtMost("TLSv1.2");
            return server;
        });
    }

    @Test
    void takesTheSessionUpOnEachDataConnection() throws Exception {
        int before = server().log().size();

        keepFiles();

        assertThat(server().log().subList(before, server().log().size()))
                .filteredOn(line -> line.contains("SSL version: TLSv1.2"))
                .filteredOn(line -> line.contains(" reused"))
                .hasSizeGreaterThan(10);
    }
}
