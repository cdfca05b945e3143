package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.OpenSsh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of which a test changes what it is about. */
record TestSettings(
        int port, String user, SftpSettings.Login login, List<String> hostKeys, Duration timeout, Verify verify) {
    static final String ID = "data-centre";

    static TestSettings of(OpenSsh server) throws IOException {
        return new TestSettings(
                server.port(),
                server.user(),
                new SftpSettings.Key(server.userKey(), new Secret("")),
                List.of(server.fingerprint()),
                Await.PATIENCE,
                Verify.FULL);
    }

    TestSettings port(int other) {
        return new TestSettings(other, user, login, hostKeys, timeout, verify);
    }

    TestSettings password(String password) {
        return new TestSettings(port, user, new SftpSettings.Password(new Secret(password)), hostKeys, timeout, verify);
    }

    TestSettings key(Path file, String passphrase) {
        return new TestSettings(
                port, user, new SftpSettings.Key(file, new Secret(passphrase)), hostKeys, timeout, verify);
    }

    TestSettings pinning(String... keys) {
        return new TestSettings(port, user, login, List.of(keys), timeout, verify);
    }

    TestSettings timeout(Duration other) {
        return new TestSettings(port, user, login, hostKeys, other, verify);
    }

    TestSettings sampling() {
        return new TestSettings(port, user, login, hostKeys, timeout, Verify.SAMPLE);
    }

    SftpSettings build() {
        return new SftpSettings(
                ID,
                new Server("127.0.0.1", port, user),
                login,
                HostKeys.of(hostKeys),
                verify,
                new Patience(timeout, timeout));
    }
}
