package de.joecash.backup.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on loopback, with a data directory of its own, whose users have to log in. It does not sync:
 * a test has no power cut. Started by an unprivileged user, as it insists on; so by the root user for {@code postgres}.
 */
public final class PostgreSqlServer implements AutoCloseable {
    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    /** The superuser's password. */
    public static final String SUPERUSER_PASSWORD = "Ober:\\sicher ü";

    /** Where Debian's packages have the tools of version 15. */
    public static final Path TOOLS = Path.of("/usr/lib/postgresql/15/bin");

    private static final String SYSTEM_USER = "postgres";
    private static final long COMES_UP_WITHIN_SECONDS = 30;

    private final Path data;
    private final Path log;
    private final int port;
    private Process process;

    /**
     * Creates a server that is not running yet. Skips the test where the machine has no PostgreSQL 15; see
     * {@link Needed}.
     *
     * @param directory empty; everything is kept there; its parent can be entered by others
     * @throws IOException if it cannot be created
     */
    public PostgreSqlServer(Path directory) throws IOException {
        Needed.on(Files.isExecutable(TOOLS.resolve("postgres")), "the Debian package postgresql-15");
        port = freePort();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("postgresql"));
        data = home.resolve("data");
        log = directory.resolve("postgresql.log");
        Path password = Files.writeString(home.resolve("password"), SUPERUSER_PASSWORD + "\n");
        if (root()) {
            UserPrincipal owner =
                    home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SYSTEM_USER);
            Files.setOwner(home, owner);
            Files.setOwner(password, owner);
        }
        Process created = unprivileged(
                        "initdb",
                        "--pgdata=" + data,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync")
                .start();
        if (created.onExit().join().exitValue() != 0) {
            throw new IOException("initdb failed, see " + log);
        }
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private ProcessBuilder unprivileged(String tool, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of(
                    "setpriv", "--reuid=" + SYSTEM_USER, "--regid=" + SYSTEM_USER, "--clear-groups", "--no-new-privs"));
        }
        command.add(TOOLS.resolve(tool).toString());
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(data.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /**
     * Starts it and waits until it takes connections.
     *
     * @throws IOException if it does not
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start() throws IOException, InterruptedException {
        process = unprivileged(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off",
                        "-c",
                        "full_page_writes=off",
                        "-c",
                        "max_wal_size=2GB",
                        "-c",
                        "shared_buffers=64MB")
                .start();
        long start = System.nanoTime();
        while (!ready()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)
                    || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(COMES_UP_WITHIN_SECONDS)) {
                kill();
                throw new IOException("PostgreSQL does not come up, see " + log);
            }
        }
    }

    private boolean ready() throws IOException {
        return new ProcessBuilder(
                                TOOLS.resolve("pg_isready").toString(), "--quiet", "--host=127.0.0.1", "--port=" + port)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    /** Kills it with all its connections (SIGKILL); what it has stays, and {@link #start} recovers it. */
    public void kill() {
        if (process != null) {
            processes().forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        }
    }

    /**
     * Stops all of it where it is (SIGSTOP): connections stay open, and nobody answers.
     *
     * @throws IOException if that fails
     */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    /**
     * Lets it go on (SIGCONT).
     *
     * @throws IOException if that fails
     */
    public void thaw() throws IOException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", name));
        processes().forEach(one -> command.add(Long.toString(one.pid())));
        new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /**
     * Gives its port, the same after each start.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Gives the JDBC address of one of its databases.
     *
     * @param database its name, without characters that an address escapes
     * @return without user and password
     */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Kills it, and removes what the root user's temporary directories could not be removed with. */
    @Override
    public void close() throws IOException {
        kill();
        if (Files.exists(data.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(data.getParent())) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
