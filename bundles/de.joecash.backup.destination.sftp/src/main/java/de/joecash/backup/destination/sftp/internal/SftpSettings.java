package de.joecash.backup.destination.sftp.internal;

import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A configuration that was checked. */
record SftpSettings(
        String id,
        String host,
        int port,
        String user,
        Login login,
        HostKeys hostKeys,
        Duration connectTimeout,
        Duration dataTimeout,
        Verify verify) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** How a user shows who he is. */
    sealed interface Login {}

    /** By a password. */
    record Password(Secret password) implements Login {}

    /** By the private key in a file, which a passphrase may protect. */
    record Key(Path file, Secret passphrase) implements Login {}

    /** How much of what arrived is read back. */
    enum Verify {
        FULL,
        SAMPLE
    }

    SftpSettings {
        Objects.requireNonNull(hostKeys, "hostKeys");
        Objects.requireNonNull(verify, "verify");
        require(
                id != null && id.matches("[a-z0-9-]{1,32}") && !id.equals(DestinationProvider.MEDIUM),
                "id must be 1 to 32 characters of a-z, 0-9 and -, and not that of the medium");
        require(host != null && host.matches("[A-Za-z0-9._:%-]{1,253}"), "host must be a name or an address");
        require(port >= 1 && port <= 65_535, "port must be from 1 to 65535");
        require(user != null && !user.isBlank() && plain(user), "user must not be empty or hold control characters");
        require(!(login instanceof Password one) || !one.password().isEmpty(), "password must not be empty");
        require(!(login instanceof Key key) || key.file().isAbsolute(), "keyFile must be an absolute path");
        requireTimeout(connectTimeout, "connectTimeoutSeconds");
        requireTimeout(dataTimeout, "dataTimeoutSeconds");
    }

    static SftpSettings of(SftpConfiguration configuration) {
        return new SftpSettings(
                configuration.id(),
                configuration.host(),
                configuration.port(),
                configuration.user(),
                login(configuration._password(), configuration.keyFile(), configuration._passphrase()),
                HostKeys.of(List.of(configuration.hostKeys())),
                Duration.ofSeconds(configuration.connectTimeoutSeconds()),
                Duration.ofSeconds(configuration.dataTimeoutSeconds()),
                verify(configuration.verify()));
    }

    private static Login login(String password, String keyFile, String passphrase) {
        boolean byKey = keyFile != null && !keyFile.isBlank();
        boolean byPassword = password != null && !password.isEmpty();
        require(byKey != byPassword, "either password or keyFile must be set");
        if (byPassword) {
            return new Password(new Secret(password));
        }
        try {
            return new Key(Path.of(keyFile.strip()), new Secret(passphrase == null ? "" : passphrase));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("SFTP destination: keyFile must be an absolute path", e);
        }
    }

    private static Verify verify(String name) {
        return switch (name) {
            case "full" -> Verify.FULL;
            case "sample" -> Verify.SAMPLE;
            default -> throw new IllegalArgumentException("SFTP destination: verify must be full or sample");
        };
    }

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
            throw new IllegalArgumentException("SFTP destination: " + words);
        }
    }
}
