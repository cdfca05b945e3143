package de.joecash.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real OpenSSH server on loopback, with SFTP alone, for one user who logs in by a key, or, where the root user runs
 * it, by a password as well. Started and ended by a test as often as it likes, on the same port.
 */
public final class OpenSsh implements AutoCloseable {
    /** The user's password; only for {@link #needPasswords}. */
    public static final String PASSWORD = "Schlüssel 7%";

    /** Of {@link #PASSWORD}, by {@code openssl passwd -6}. */
    private static final String HASH =
            "$6$joecashsftp$f/SHm/8O93x62qiKiOWTgYRdNIOf.fwU6y..ZdEyBdAuLxk.6aGtzkzrI097pWt9OPeod7.rES5fbnT0Hn4xu0";

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final Path PASSWORD_CHECK = Path.of("/lib/x86_64-linux-gnu/security/pam_pwdfile.so");

    /** Where the root user's server puts its unprivileged child; made by the package's service. */
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    /** There is one on every Debian. */
    private static final String SYSTEM_USER = "backup";

    private final int port;
    private final Path directory;
    private final Path program;
    private final Path home;
    private final Path log;
    private final Path hostKey;
    private final Path userKey;
    private final Path pamService;
    private Process process;

    /**
     * Sets one up, on a free port, with an empty home. Skips the test where the machine has no sshd; see
     * {@link Needed}.
     *
     * @param directory empty; everything but the login rule is kept there
     * @throws IOException if something cannot be written
     */
    public OpenSsh(Path directory) throws IOException {
        Needed.on(Files.isExecutable(PROGRAM), "the Debian package openssh-server");
        this.directory = directory;
        port = FreePorts.one();
        // The name it is called by is the name of its login rule.
        String name = "joecash-test-" + ProcessHandle.current().pid() + "-" + port;
        program = Files.createSymbolicLink(directory.resolve(name), PROGRAM);
        pamService = Path.of("/etc/pam.d").resolve(name);
        home = directory.resolve("home");
        log = directory.resolve("sshd.log");
        hostKey = directory.resolve("host-key");
        userKey = directory.resolve("user-key");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        newHostKey();
        generate(userKey, "ed25519", "");
        Files.copy(directory.resolve("user-key.pub"), directory.resolve("authorized-keys"));
        if (root()) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
            Path passwords = Files.writeString(directory.resolve("passwords"), SYSTEM_USER + ":" + HASH + "\n");
            pamService.toFile().deleteOnExit();
            Files.write(
                    pamService,
                    List.of(
                            "auth required pam_pwdfile.so pwdfile=" + passwords,
                            "account required pam_permit.so",
                            "session required pam_permit.so"));
        }
        configure();
        emptyHome();
    }

    private void configure() throws IOException {
        Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "HostKey " + hostKey,
                        "AuthorizedKeysFile " + directory.resolve("authorized-keys"),
                        "StrictModes no",
                        "PidFile none",
                        "UsePAM " + (root() ? "yes" : "no"),
                        "KbdInteractiveAuthentication no",
                        "PasswordAuthentication " + (root() ? "yes" : "no"),
                        "LogLevel VERBOSE",
                        "Subsystem sftp internal-sftp",
                        "ForceCommand internal-sftp -d " + home));
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Goes on only where users can log in by a password. */
    public static void needPasswords() {
        Needed.on(root(), "the root user, for passwords of sshd");
        Needed.on(Files.exists(PASSWORD_CHECK), "the Debian package libpam-pwdfile");
    }

    /**
     * Makes a pair of keys, as {@code ssh-keygen} does.
     *
     * @param file takes the private one; the public one goes beside it
     * @param type e.g. {@code ed25519}
     * @param passphrase protects the private one, unless it is empty
     * @param more further options
     * @throws IOException if that fails
     */
    public static void generate(Path file, String type, String passphrase, String... more) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString()));
        command.addAll(List.of(more));
        said(command);
    }

    private static String said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command.get(0) + " failed: " + said);
        }
        return said.strip();
    }

    /**
     * Gives itself another host key; the next {@link #start} shows it.
     *
     * @throws IOException if that fails
     */
    public void newHostKey() throws IOException {
        Files.deleteIfExists(hostKey);
        Files.deleteIfExists(directory.resolve("host-key.pub"));
        generate(hostKey, "ed25519", "");
    }

    /**
     * Names its host key.
     *
     * @return {@code SHA256:…}, as {@code ssh-keygen -l} prints it
     * @throws IOException if that fails
     */
    public String fingerprint() throws IOException {
        return said(List.of("ssh-keygen", "-l", "-f", hostKey.toString())).split(" ", 3)[1];
    }

    /**
     * Gives its host key, whole.
     *
     * @return a line of a {@code .pub} file
     * @throws IOException if that fails
     */
    public String publicHostKey() throws IOException {
        return Files.readString(directory.resolve("host-key.pub")).strip();
    }

    /**
     * Gives the key that the user logs in by.
     *
     * @return the private key's file
     */
    public Path userKey() {
        return userKey;
    }

    /**
     * Lets the user log in by another key instead.
     *
     * @param publicKey the file of its public half
     * @throws IOException if that fails
     */
    public void authorize(Path publicKey) throws IOException {
        Files.writeString(directory.resolve("authorized-keys"), Files.readString(publicKey));
    }

    /**
     * Names the user.
     *
     * @return who may log in
     */
    public String user() {
        return root() ? SYSTEM_USER : System.getProperty("user.name");
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException if it does not
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        program.toString(),
                        "-D",
                        "-f",
                        directory.resolve("sshd_config").toString(),
                        "-E",
                        log.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        long start = System.nanoTime();
        while (!listens()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - start > Await.PATIENCE.toNanos()) {
                stop();
                throw new IOException(PROGRAM + " does not come up: " + log());
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

    /** Kills it with all its connections (SIGKILL); what it has stays. */
    public void stop() {
        if (process != null) {
            Signals.kill(process);
        }
    }

    /**
     * Waits until it has ended all sessions: it may be busy with what came before a connection broke, and with its log.
     */
    public void awaitIdle() {
        Await.until("no session any more", () -> process.children().findAny().isEmpty());
    }

    /**
     * Stops all of it where it is (SIGSTOP): connections stay open, and nobody answers.
     *
     * @throws IOException if that fails
     */
    public void freeze() throws IOException {
        Signals.send("STOP", process.toHandle());
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
     * Gives the directory where a session begins; {@code tills} is there.
     *
     * @return absolute, on the server as well: it shows the user the whole machine
     */
    public Path home() {
        return home;
    }

    /**
     * Reads what it did: connections, logins, what was refused.
     *
     * @return the oldest first
     */
    public List<String> log() {
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a home directory with nothing but {@code tills} in it, once nobody writes to it any more.
     *
     * @throws IOException if that fails
     */
    public void emptyHome() throws IOException {
        if (process != null) {
            awaitIdle();
        }
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(home.resolve("tills"));
        give(home);
        give(home.resolve("tills"));
    }

    /**
     * Has the user own a file.
     *
     * @param file anywhere
     * @throws IOException if that fails
     */
    public void give(Path file) throws IOException {
        if (root()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SYSTEM_USER));
        }
    }

    /** Ends it, and takes the login rule off the machine. */
    @Override
    public void close() throws IOException {
        stop();
        if (root()) {
            Files.deleteIfExists(pamService);
        }
    }
}
