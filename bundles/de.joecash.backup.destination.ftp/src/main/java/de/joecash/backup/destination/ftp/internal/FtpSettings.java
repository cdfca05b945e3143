package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.spi.Secret;
import java.time.Duration;
import java.util.Objects;

/** A configuration that was checked. */
record FtpSettings(
        String id,
        String host,
        int port,
        String user,
        Secret password,
        boolean allowCleartext,
        Duration connectTimeout,
        Duration dataTimeout) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    FtpSettings {
        Objects.requireNonNull(password, "password");
        require(id != null && id.matches("[a-z0-9-]{1,32}"), "id must be 1 to 32 characters of a-z, 0-9 and -");
        require(host != null && host.matches("[A-Za-z0-9._:%-]{1,253}"), "host must be a name or an address");
        require(port >= 1 && port <= 65_535, "port must be from 1 to 65535");
        require(user != null && !user.isBlank() && plain(user), "user must not be empty or hold control characters");
        require(!password.isEmpty(), "password must not be empty");
        require(password.use(characters -> plain(new String(characters))), "password must not hold control characters");
        requireTimeout(connectTimeout, "connectTimeoutSeconds");
        requireTimeout(dataTimeout, "dataTimeoutSeconds");
    }

    static FtpSettings of(FtpConfiguration configuration) {
        String password = configuration._password();
        return new FtpSettings(
                configuration.id(),
                configuration.host(),
                configuration.port(),
                configuration.user(),
                new Secret(password == null ? "" : password),
                configuration.allowCleartext(),
                Duration.ofSeconds(configuration.connectTimeoutSeconds()),
                Duration.ofSeconds(configuration.dataTimeoutSeconds()));
    }

    /** A line end in a name would be the end of the command, and the beginning of another. */
    private static boolean plain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static void requireTimeout(Duration timeout, String name) {
        require(
                !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                name + " must be from 1 to 600");
    }

    private static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException("FTP destination: " + words);
        }
    }
}
