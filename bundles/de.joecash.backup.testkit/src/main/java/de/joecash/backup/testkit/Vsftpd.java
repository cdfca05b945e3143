package de.joecash.backup.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real vsftpd on loopback, for one user who has to log in: the server of most data centres. Started and ended by a
 * test as often as it likes, on the same port. Needs the root user, because vsftpd changes its own.
 */
public final class Vsftpd implements AutoCloseable {
    /** The user's name. */
    public static final String USER = "till";

    /** The user's password. */
    public static final String PASSWORD = "Schlüssel 7%";

    /** Of {@link #PASSWORD}, by {@code openssl passwd -6}. */
    private static final String HASH =
            "$6$joecashtest$OtDQBYtFb7IrAjnGUxpn6m796FnRxKy8/m8d2BIMrntKTN3lDaR2vR5DkFb1T7/JvO3oxUKC3MdeCb0DoxjB7/";

    private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");
    private static final Path PASSWORD_CHECK = Path.of("/lib/x86_64-linux-gnu/security/pam_pwdfile.so");

    /** Made by the package. */
    private static final String SYSTEM_USER = "ftp";

    private static final int UNLIMITED = 0;

    private final int port;
    private final Path home;
    private final Path log;
    private final Path configuration;
    private final Path pamService;
    private Process process;

    /**
     * Sets one up, on a free port, with an empty home. Skips the test where the machine has no vsftpd; see
     * {@link Needed}.
     *
     * @param directory empty; everything but the login rule is kept there
     * @throws IOException if something cannot be written
     */
    public Vsftpd(Path directory) throws IOException {
        Needed.on(Files.isExecutable(PROGRAM), "the Debian package vsftpd");
        Needed.on(Files.exists(PASSWORD_CHECK), "the Debian package libpam-pwdfile");
        Needed.on("root".equals(System.getProperty("user.name")), "the root user, for vsftpd");
        port = freePort();
        home = directory.resolve("home");
        log = directory.resolve("vsftpd.log");
        configuration = directory.resolve("vsftpd.conf");
        pamService =
                Path.of("/etc/pam.d/joecash-test-" + ProcessHandle.current().pid() + "-" + port);
        letOthersIn(directory);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        letOthersIn(empty);
        Path passwords = Files.writeString(directory.resolve("passwords"), USER + ":" + HASH + "\n");
        pamService.toFile().deleteOnExit();
        Files.write(
                pamService,
                List.of("auth required pam_pwdfile.so pwdfile=" + passwords, "account required pam_permit.so"));
        Files.write(
                configuration,
                List.of(
                        "listen=YES",
                        "listen_address=127.0.0.1",
                        "listen_port=" + port,
                        "background=NO",
                        "anonymous_enable=NO",
                        "local_enable=YES",
                        "write_enable=YES",
                        "guest_enable=YES",
                        "guest_username=" + SYSTEM_USER,
                        "virtual_use_local_privs=YES",
                        "chroot_local_user=YES",
                        "allow_writeable_chroot=YES",
                        "local_root=" + home,
                        "secure_chroot_dir=" + empty,
                        "pam_service_name=" + pamService.getFileName(),
                        "seccomp_sandbox=NO",
                        "xferlog_enable=YES",
                        "xferlog_std_format=NO",
                        "vsftpd_log_file=" + log));
        emptyHome();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void letOthersIn(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException if it does not
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start() throws IOException, InterruptedException {
        start(UNLIMITED);
    }

    /**
     * Starts a slow one, so that a test can meet it in the middle of a transfer.
     *
     * @param bytesPerSecond what it takes and gives at the most; 0 for no limit
     * @throws IOException if it does not listen
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start(int bytesPerSecond) throws IOException, InterruptedException {
        process = new ProcessBuilder(PROGRAM.toString(), configuration.toString(), "-olocal_max_rate=" + bytesPerSecond)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        long start = System.nanoTime();
        while (!listens()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)
                    || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                stop();
                throw new IOException(PROGRAM + " does not listen");
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it with all its connections, as a power cut would; what it has stays. */
    public void stop() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
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
     * Gives the user's home directory; {@code tills} is there.
     *
     * @return what the user sees as {@code /}
     */
    public Path home() {
        return home;
    }

    /**
     * Reads what it did: connections, logins, transfers, one in each line.
     *
     * @return the oldest first
     * @throws IOException if the log cannot be read
     */
    public List<String> log() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /**
     * Makes a home directory with nothing but {@code tills} in it.
     *
     * @throws IOException if that fails
     */
    public void emptyHome() throws IOException {
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        UserPrincipal owner =
                home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SYSTEM_USER);
        Files.createDirectories(home.resolve("tills"));
        Files.setOwner(home, owner);
        Files.setOwner(home.resolve("tills"), owner);
    }

    /** Ends it, and takes the login rule off the machine. */
    @Override
    public void close() throws IOException {
        stop();
        Files.deleteIfExists(pamService);
    }
}
