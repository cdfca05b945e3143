package de.joecash.backup.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real FTP server on loopback, for one user who has to log in. Started and ended by a test as often as it likes, on
 * the same port. Needs the root user, because such servers change their own.
 */
public abstract class FtpServerProcess implements AutoCloseable {
    /** The user's name. */
    public static final String USER = "till";

    /** The user's password. */
    public static final String PASSWORD = "Schlüssel 7%";

    /** Of {@link #PASSWORD}, by {@code openssl passwd -6}. */
    static final String HASH =
            "$6$joecashtest$OtDQBYtFb7IrAjnGUxpn6m796FnRxKy8/m8d2BIMrntKTN3lDaR2vR5DkFb1T7/JvO3oxUKC3MdeCb0DoxjB7/";

    /** Whose the files are; made by the package vsftpd. */
    static final String SYSTEM_USER = "ftp";

    private static final Path REPOSITORY_MARK = Path.of("itests", "verify");
    private static final Path UNPACKED = Path.of("itests", "target", "servers");

    private final Path directory;
    private final int port;
    private final Path home;
    private Process process;

    /**
     * Sets one up, on a free port, with an empty home.
     *
     * @param directory empty; what the server has is kept there
     * @throws IOException if something cannot be written
     */
    protected FtpServerProcess(Path directory) throws IOException {
        Needed.on("root".equals(System.getProperty("user.name")), "the root user, for an FTP server");
        this.directory = directory;
        port = FreePorts.one();
        home = directory.resolve("home");
        letOthersIn(directory);
    }

    static void letOthersIn(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Where {@code itests/verify} unpacks servers whose Debian packages exclude one another. */
    static Path unpacked() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve(REPOSITORY_MARK))) {
            here = here.getParent();
        }
        return here == null ? UNPACKED : here.resolve(UNPACKED);
    }

    /** Says how it is started, in the foreground. */
    abstract ProcessBuilder command();

    /** Says whether one that listens is ready. */
    boolean ready(int linesBefore) throws IOException {
        return true;
    }

    /** A number of the system's user whose the files are, by {@code id}. */
    static String systemId(String option) throws IOException {
        Process id = new ProcessBuilder("id", option, SYSTEM_USER).start();
        String number = new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return number.strip();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException if it does not
     * @throws InterruptedException if somebody interrupts the wait
     */
    public void start() throws IOException, InterruptedException {
        launch(command());
    }

    void launch(ProcessBuilder command) throws IOException, InterruptedException {
        int before = log().size();
        process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        await(this::listens);
        await(() -> ready(before));
    }

    private interface State {
        boolean reached() throws IOException;
    }

    private void await(State state) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!state.reached()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - start > Await.PATIENCE.toNanos()) {
                stop();
                throw new IOException(getClass().getSimpleName() + " does not come up");
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
            Signals.kill(process);
        }
    }

    /** Waits until it has ended all sessions: it may be busy with what came before a connection broke. */
    public void awaitIdle() {
        Await.until("no session any more", () -> process.children().findAny().isEmpty());
    }

    /**
     * Lets it do nothing more, without anybody being told.
     *
     * @throws IOException if it cannot be stopped
     */
    public void freeze() throws IOException {
        Signals.send("STOP", process.toHandle());
    }

    /**
     * Lets it go on.
     *
     * @throws IOException if it cannot be told
     */
    public void thaw() throws IOException {
        Signals.send("CONT", process.toHandle());
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

    Path directory() {
        return directory;
    }

    /**
     * Reads what it did: connections, logins, transfers, one in each line.
     *
     * @return the oldest first
     * @throws IOException if the log cannot be read
     */
    public List<String> log() throws IOException {
        Path log = logFile();
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    abstract Path logFile();

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
                for (Path path : old.sorted(Comparator.reverseOrder())
                        .filter(path -> !path.equals(home))
                        .toList()) {
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

    /** Ends it. */
    @Override
    public void close() throws IOException {
        stop();
    }
}
