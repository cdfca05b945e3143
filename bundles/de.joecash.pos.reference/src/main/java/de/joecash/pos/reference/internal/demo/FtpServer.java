package de.joecash.pos.reference.internal.demo;

/**
 * An FTP server that takes a till's backups in. Its text shows no password.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user the till's name there
 * @param password the till's password there
 * @param cleartext whether it may be spoken to unencrypted
 */
record FtpServer(String host, int port, String user, String password, boolean cleartext) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST = 256;

    /**
     * Checks each part, for what would end a command to the server or cannot be meant.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    FtpServer {
        require(host.matches("[A-Za-z0-9._:%-]{1,253}"), "HOST must be a name or an address.");
        require(port >= 1 && port <= HIGHEST_PORT, "PORT must be a number from 1 to " + HIGHEST_PORT + ".");
        require(plain(user), "USER must be one line of 1 to " + LONGEST + " characters.");
        require(plain(password), "The password must be one line of 1 to " + LONGEST + " characters.");
    }

    private static boolean plain(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException(words);
        }
    }

    /** Where it is, for people to read; an IPv6 address is in brackets, the user is left out. */
    static String link(String host, String port) {
        return "ftp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return link(host, Integer.toString(port));
    }
}
