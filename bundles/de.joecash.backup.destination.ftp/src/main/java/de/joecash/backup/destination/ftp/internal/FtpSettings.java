package de.joecash.backup.destination.ftp.internal;

import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A configuration that was checked. */
record FtpSettings(
        String id,
        String host,
        int port,
        String user,
        Secret password,
        Protection protection,
        Verify verify,
        Duration connectTimeout,
        Duration dataTimeout) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    FtpSettings {
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(protection, "protection");
        Objects.requireNonNull(verify, "verify");
        require(
                id != null && id.matches("[a-z0-9-]{1,32}") && !id.equals(DestinationProvider.MEDIUM),
                "id must be 1 to 32 characters of a-z, 0-9 and -, and not that of the medium");
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
                new Protection(
                        one(Protection.Tls.class, configuration.tls(), "tls"),
                        configuration.allowCleartext(),
                        file(configuration.certificates()),
                        Set.of(filled(configuration.pins()))),
                one(Verify.class, configuration.verify(), "verify"),
                Duration.ofSeconds(configuration.connectTimeoutSeconds()),
                Duration.ofSeconds(configuration.dataTimeoutSeconds()));
    }

    private static <E extends Enum<E>> E one(Class<E> type, String written, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("FTP destination: " + name + " must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static Optional<Path> file(String written) {
        try {
            return written == null || written.isBlank() ? Optional.empty() : Optional.of(Path.of(written.strip()));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("FTP destination: certificates must be a path", e);
        }
    }

    /** What a form leaves empty is nothing. */
    private static String[] filled(String... written) {
        return written == null
                ? new String[0]
                : Stream.of(written)
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toArray(String[]::new);
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

    static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException("FTP destination: " + words);
        }
    }
}
