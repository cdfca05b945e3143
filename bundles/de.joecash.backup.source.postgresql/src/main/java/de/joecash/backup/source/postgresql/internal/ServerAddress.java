package de.joecash.backup.source.postgresql.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is, as libpq's environment variables say it (PostgreSQL documentation, 34.15): unlike an argument, a
 * variable is never taken for a connection string, an option or a list of passwords.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 * @param database the database's name, as it is
 * @param ssl further variables, of TLS alone
 */
record ServerAddress(String host, int port, String database, Map<String, String> ssl) {
    private static final int DEFAULT_PORT = 5432;
    private static final String PREFIX = "jdbc:postgresql:";

    /** {@code //host:port/database} or {@code database}, and parameters; one host only. */
    private static final Pattern URL = Pattern.compile(
            "(?://(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?\\])?(?::(?<port>[0-9]{1,5}))?/)?"
                    + "(?<database>[^/?]+)(?:\\?(?<parameters>.*))?");

    private static final Map<String, String> VARIABLES = Map.of(
            "sslmode", "PGSSLMODE", "sslrootcert", "PGSSLROOTCERT", "sslcert", "PGSSLCERT", "sslkey", "PGSSLKEY");

    ServerAddress {
        ssl = Map.copyOf(ssl);
    }

    /** Reads the address of a database as pgjdbc writes it. */
    static ServerAddress of(String url) throws BackupException {
        Matcher matcher = URL.matcher(url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : "");
        if (!matcher.matches()) {
            throw invalid();
        }
        try {
            String host = matcher.group("host") == null
                    ? "localhost"
                    : matcher.group("host").replaceAll("[\\[\\]]", "");
            int port = matcher.group("port") == null ? DEFAULT_PORT : Integer.parseInt(matcher.group("port"));
            String database = decoded(matcher.group("database"));
            if (port < 1 || port > 65_535 || host.startsWith("-") || control(database)) {
                throw invalid();
            }
            return new ServerAddress(host, port, database, ssl(matcher.group("parameters")));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** Gives the address of another database on the same server. */
    ServerAddress with(String otherDatabase) {
        return new ServerAddress(host, port, otherDatabase, ssl);
    }

    /** Gives libpq's variables, the user's and the password's excepted. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(ssl);
        variables.put("PGHOST", host);
        variables.put("PGPORT", Integer.toString(port));
        variables.put("PGDATABASE", database);
        return variables;
    }

    private static Map<String, String> ssl(String parameters) throws BackupException {
        Map<String, String> ssl = new HashMap<>();
        for (String parameter : parameters == null ? new String[0] : parameters.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            if (control(value)) {
                throw invalid();
            }
            if (name.equals("socketFactory")) {
                // Its server is at the end of something that no tool of PostgreSQL knows.
                throw new BackupException(new Problem.InvalidInput("an address with a socketFactory"));
            }
            if (name.equals("ssl") && !value.equals("false")) {
                ssl.putIfAbsent("PGSSLMODE", "verify-full");
            } else if (VARIABLES.containsKey(name) && !value.isEmpty()) {
                ssl.put(VARIABLES.get(name), value);
            }
        }
        return ssl;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean control(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static BackupException invalid() {
        return new BackupException(
                new Problem.InvalidInput("the address of the database is not jdbc:postgresql://host:port/name"));
    }
}
