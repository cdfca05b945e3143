package de.joecash.pos.reference.internal.till;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDBC address that a till on a server is started with. Without user and password, which such an address could
 * contain, and would then show to everybody.
 *
 * @param kind of the server, as the address names it
 * @param server {@code host} or {@code host:port}, as it was written
 * @param database the till's first database; those beside it are named after it
 * @param parameters for the driver, with their question mark; may be empty
 */
record ServerUrl(String kind, String server, String database, String parameters) {
    private static final Pattern URL = Pattern.compile(
            "jdbc:(postgresql|mariadb)://((?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?)/([a-z](?:[a-z0-9_-]{0,38}[a-z0-9])?)"
                    + "((?:\\?[!-~]*)?)");
    private static final Pattern SECRET =
            Pattern.compile(".*[?&](?:user|password|\\w*password\\w*)=.*", Pattern.CASE_INSENSITIVE);

    /** Reads one; empty where it is none. */
    static Optional<ServerUrl> parse(String text) {
        Matcher matcher = URL.matcher(text);
        return matcher.matches() && !SECRET.matcher(matcher.group(4)).matches()
                ? Optional.of(new ServerUrl(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /** Gives the address of a database on the same server. */
    String of(String other) {
        return "jdbc:" + kind + "://" + server + "/" + other + parameters;
    }

    /** Says whether both are the same till's, whatever the driver is told besides. */
    boolean sameTill(ServerUrl other) {
        return kind.equals(other.kind) && server.equalsIgnoreCase(other.server) && database.equals(other.database);
    }

    /** Gives it as it was written. */
    String text() {
        return of(database);
    }
}
