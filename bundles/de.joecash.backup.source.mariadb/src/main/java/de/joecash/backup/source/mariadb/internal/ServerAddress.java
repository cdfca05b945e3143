package de.joecash.backup.source.mariadb.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is. All but its name goes into the tools' option file, where nothing is taken for another option.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 * @param socket a local server's, which goes before host and port
 * @param database the database's name, as it is
 * @param ssl further options, of TLS alone
 */
record ServerAddress(String host, int port, Optional<String> socket, String database, Map<String, String> ssl) {
    private static final int DEFAULT_PORT = 3306;
    private static final int LONGEST_NAME = 64;

    /** {@code //host:port/database} and parameters; one host only, and no mode of the driver's. */
    private static final Pattern URL =
            Pattern.compile("jdbc:mariadb://(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])?(?::(?<port>[0-9]{1,5}))?"
                    + "/(?<database>[^/?%&]+)(?:\\?(?<parameters>.*))?");

    ServerAddress {
        ssl = Map.copyOf(ssl);
    }

    /** Reads the address of a database as MariaDB Connector/J writes it. */
    static ServerAddress of(String url) throws BackupException {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw invalid();
        }
        try {
            String host = matcher.group("host") == null
                    ? "localhost"
                    : matcher.group("host").replaceAll("[\\[\\]]", "");
            int port = matcher.group("port") == null ? DEFAULT_PORT : Integer.parseInt(matcher.group("port"));
            String database = matcher.group("database");
            if (port < 1 || port > 65_535 || host.startsWith("-") || !isName(database)) {
                throw invalid();
            }
            Map<String, String> parameters = parameters(matcher.group("parameters"));
            if (parameters.containsKey("socketfactory")) {
                // Its server is at the end of something that no tool of MariaDB knows.
                throw new BackupException(new Problem.InvalidInput("an address with a socketFactory"));
            }
            return new ServerAddress(
                    host, port, Optional.ofNullable(parameters.get("localsocket")), database, ssl(parameters));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** Says whether a database may be called so. */
    static boolean isName(String database) {
        return !database.isBlank()
                && database.strip().length() == database.length()
                && database.length() <= LONGEST_NAME
                && database.chars().noneMatch(Character::isISOControl)
                && database.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    /** Gives the address of another database on the same server. */
    ServerAddress with(String otherDatabase) {
        return new ServerAddress(host, port, socket, otherDatabase, ssl);
    }

    /** Gives the tools' options, the user's and the password's excepted; to be quoted. */
    Map<String, String> options() {
        Map<String, String> options = new TreeMap<>(ssl);
        if (socket.isPresent()) {
            options.put("protocol", "socket");
            options.put("socket", socket.get());
        } else {
            options.put("protocol", "tcp");
            options.put("host", host);
            options.put("port", Integer.toString(port));
        }
        return options;
    }

    private static Map<String, String> parameters(String text) throws BackupException {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String parameter : text == null ? new String[0] : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String value = equals < 0 ? "" : URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw invalid();
            }
            parameters.put(equals < 0 ? parameter : parameter.substring(0, equals), value);
        }
        return parameters;
    }

    /** Keeps to the TLS that the driver uses: none unless it is asked for. */
    private static Map<String, String> ssl(Map<String, String> parameters) {
        String asked = parameters.getOrDefault("useSsl", "false").equals("true") ? "verify-full" : "disable";
        String mode = parameters.getOrDefault("sslMode", asked);
        if (mode.equals("disable")) {
            return Map.of("ssl", "0");
        }
        boolean trusting = mode.equals("trust")
                || parameters.getOrDefault("trustServerCertificate", "false").equals("true");
        Map<String, String> ssl = new TreeMap<>();
        ssl.put("ssl", "1");
        ssl.put("ssl-verify-server-cert", trusting ? "0" : "1");
        String certificate = parameters.getOrDefault("serverSslCert", "");
        if (certificate.startsWith("/")) {
            ssl.put("ssl-ca", certificate);
        }
        return ssl;
    }

    private static BackupException invalid() {
        return new BackupException(
                new Problem.InvalidInput("the address of the database is not jdbc:mariadb://host:port/name"));
    }
}
