package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real MariaDB server whose users have to log in, with Debian's settings but for three: it does not sync, because a
 * test has no power cut, it keeps to little memory, and it reads and writes plainly.
 */
public final class MariaDbServer extends DatabaseServer {
    /** The superuser's name. */
    public static final String SUPERUSER = "root";

    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "Ober#\\sicher \"ü";

    /** Where Debian's packages have the tools. */
    public static final Path TOOLS = Path.of("/usr/bin");

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

    private static final System.Logger LOG = System.getLogger(MariaDbServer.class.getName());

    /** Rings of io_uring count against a limit of the user, which servers that were just killed still hold. */
    private static final String PLAIN_IO = "--innodb-use-native-aio=0";

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
        initialize(data, this::installAgain);
    }

    private void installAgain(Path empty) throws IOException {
        try {
            install(empty);
        } catch (IOException e) {
            // Debian's script starts and stops a server of its own; what a test is about has not begun yet.
            LOG.log(System.Logger.Level.WARNING, "Once more after", e);
            clear(empty);
            install(empty);
        }
    }

    private void install(Path empty) throws IOException {
        unprivileged(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + empty,
                "--skip-test-db",
                PLAIN_IO,
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
                PLAIN_IO,
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
