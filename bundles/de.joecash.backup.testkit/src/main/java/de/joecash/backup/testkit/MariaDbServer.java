package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real MariaDB server whose users have to log in, with Debian's settings but for two: it does not sync, because a
 * test has no power cut, and it keeps to little memory.
 */
public final class MariaDbServer extends DatabaseServer {
    /** The superuser's name. */
    public static final String SUPERUSER = "root";

    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "Ober#\\sicher \"ü";

    /** Where Debian's packages have the tools. */
    public static final Path TOOLS = Path.of("/usr/bin");

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

    private final Path data = home().resolve("data");
    private final Path first = home().resolve("first.sql");

    /**
     * Creates a server that is not running yet. Skips the test where the machine has no MariaDB; see {@link Needed}.
     *
     * @param directory empty; everything is kept there; its parent can be entered by others
     * @throws IOException if it cannot be created
     */
    public MariaDbServer(Path directory) throws IOException {
        super(needed(directory), "mariadb", "mysql");
        Files.writeString(
                first,
                "ALTER USER root@localhost IDENTIFIED BY '"
                        + SUPERUSER_PASSWORD.replace("\\", "\\\\").replace("'", "''") + "';\n");
        give(first);
        unprivileged(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + data,
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
    }

    private static Path needed(Path directory) {
        Needed.on(Files.isExecutable(SERVER), "the Debian package mariadb-server");
        Needed.on(Files.isExecutable(TOOLS.resolve("mariadb-dump")), "the Debian package mariadb-client");
        return directory;
    }

    @Override
    List<String> command() {
        return List.of(
                SERVER.toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + socket(),
                "--pid-file=" + home().resolve("pid"),
                "--init-file=" + first,
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_general_ci",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync",
                "--innodb-buffer-pool-size=64M",
                "--skip-log-bin");
    }

    @Override
    List<String> ping() {
        // Answers "access denied", too, which is an answer.
        return List.of("mariadb-admin", "--no-defaults", "--socket=" + socket(), "--user=nobody", "--silent", "ping");
    }

    /**
     * Gives its socket.
     *
     * @return where a local client finds it
     */
    public Path socket() {
        return home().resolve("s");
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }
}
