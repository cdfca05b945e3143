package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.remote.Patience;
import de.joecash.backup.remote.Server;
import de.joecash.backup.remote.Settings;
import de.joecash.backup.remote.Verify;
import de.joecash.backup.spi.Secret;
import java.util.Objects;

/** A configuration that was checked. */
record FtpSettings(String id, Server server, Secret password, Protection protection, Verify verify, Patience patience) {
    FtpSettings {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(protection, "protection");
        Objects.requireNonNull(verify, "verify");
        Objects.requireNonNull(patience, "patience");
        Settings.requireId(id);
        Settings.require(!password.isEmpty(), "password must not be empty");
        Settings.require(
                password.use(characters -> Settings.plain(new String(characters))),
                "password must not hold control characters");
    }

    static FtpSettings of(FtpConfiguration configuration) {
        String password = configuration._password();
        return new FtpSettings(
                configuration.id(),
                new Server(configuration.host(), configuration.port(), configuration.user()),
                new Secret(password == null ? "" : password),
                new Protection(
                        Settings.one(Protection.Tls.class, configuration.tls(), "tls"),
                        configuration.allowCleartext(),
                        Settings.file(configuration.certificates(), "certificates"),
                        Settings.filled(configuration.pins())),
                Verify.of(configuration.verify()),
                Patience.of(configuration.connectTimeoutSeconds(), configuration.dataTimeoutSeconds()));
    }

    /** Where it is, as somebody has to enter it elsewhere. */
    String address() {
        return switch (protection.tls()) {
            case EXPLICIT -> "ftp://" + server.place() + ", TLS";
            case IMPLICIT -> "ftps://" + server.place();
            case OFF -> "ftp://" + server.place();
        };
    }
}
