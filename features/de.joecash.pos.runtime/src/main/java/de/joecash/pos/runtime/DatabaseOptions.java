package de.joecash.pos.runtime;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which database the till is to be on. What is not given, the till remembers from its first start.
 *
 * @param kind {@code h2}, {@code postgresql} or {@code mariadb}
 * @param url its JDBC address, without user and password
 * @param user who logs in
 * @param passwordFile whose first line is the password; absolute
 */
record DatabaseOptions(
        Optional<String> kind, Optional<String> url, Optional<String> user, Optional<Path> passwordFile) {
    static final List<String> KINDS = List.of("h2", "postgresql", "mariadb");
    static final DatabaseOptions NONE =
            new DatabaseOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    DatabaseOptions {
        passwordFile = passwordFile.map(file -> file.toAbsolutePath().normalize());
    }

    DatabaseOptions withKind(String given) {
        return new DatabaseOptions(Optional.of(given), url, user, passwordFile);
    }

    DatabaseOptions withUrl(String given) {
        return new DatabaseOptions(kind, Optional.of(given), user, passwordFile);
    }

    DatabaseOptions withUser(String given) {
        return new DatabaseOptions(kind, url, Optional.of(given), passwordFile);
    }

    DatabaseOptions withPasswordFile(Path given) {
        return new DatabaseOptions(kind, url, user, Optional.of(given));
    }

    /** Gives the framework's properties, which the reference till reads. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        kind.ifPresent(value -> properties.put("de.joecash.database", value));
        url.ifPresent(value -> properties.put("de.joecash.database.url", value));
        user.ifPresent(value -> properties.put("de.joecash.database.user", value));
        passwordFile.ifPresent(value -> properties.put("de.joecash.database.password-file", value.toString()));
        return properties;
    }
}
