package de.joecash.backup.remote;

/**
 * A server, and who logs in there.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param user the user's name
 */
public record Server(String host, int port, String user) {
    /** Checks all of it. */
    public Server {
        Settings.require(host != null && host.matches("[A-Za-z0-9._:%-]{1,253}"), "host must be a name or an address");
        Settings.require(port >= 1 && port <= 65_535, "port must be from 1 to 65535");
        Settings.require(
                user != null && !user.isBlank() && Settings.plain(user),
                "user must not be empty or hold control characters");
    }

    /** Host and port as an address has them, an IPv6 address in brackets (RFC 3986, section 3.2.2). */
    public String place() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
