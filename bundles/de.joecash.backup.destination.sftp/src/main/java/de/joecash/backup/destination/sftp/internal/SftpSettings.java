package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Settings;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A configuration that was checked. */
record SftpSettings(String id, Server server, Login login, HostKeys hostKeys, Verify verify, Patience patience) {
    /** How a user shows who he is. */
    sealed interface Login {}

    /** By a password. */
    record Password(Secret password) implements Login {}

    /** By the private key in a file, which a passphrase may protect. */
    record Key(Path file, Secret passphrase) implements Login {}

    SftpSettings {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(hostKeys, "hostKeys");
        Objects.requireNonNull(verify, "verify");
        Objects.requireNonNull(patience, "patience");
        Settings.requireId(id);
        Settings.require(!(login instanceof Password one) || !one.password().isEmpty(), "password must not be empty");
        Settings.require(!(login instanceof Key key) || key.file().isAbsolute(), "keyFile must be an absolute path");
    }

    static SftpSettings of(SftpConfiguration configuration) {
        return new SftpSettings(
                configuration.id(),
                new Server(configuration.host(), configuration.port(), configuration.user()),
                login(configuration._password(), configuration.keyFile(), configuration._passphrase()),
                HostKeys.of(List.of(configuration.hostKeys())),
                Verify.of(configuration.verify()),
                Patience.of(configuration.connectTimeoutSeconds(), configuration.dataTimeoutSeconds()));
    }

    /** Where it is, as somebody has to enter it elsewhere. */
    String address() {
        return "sftp://" + server.place();
    }

    private static Login login(String password, String keyFile, String passphrase) {
        Optional<Path> file = Settings.file(keyFile, "keyFile");
        boolean byPassword = password != null && !password.isEmpty();
        Settings.require(file.isPresent() != byPassword, "either password or keyFile must be set");
        return byPassword
                ? new Password(new Secret(password))
                : new Key(file.orElseThrow(), new Secret(passphrase == null ? "" : passphrase));
    }
}
