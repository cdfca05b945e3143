package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real database server on loopback, with a data directory of its own. Started by an unprivileged user: by the root
 * user for the one that Debian's package brings.
 */
public abstract class DatabaseServer implements AutoCloseable {
    private static final int LAST_CHARACTERS = 2000;

    private static final System.Logger LOG = System.getLogger(DatabaseServer.class.getName());

    /** By the system's user. */
    private static final Map<String, Path> TEMPLATES = new HashMap<>();

    private final String systemUser;
    private final Path home;
    private final Path log;
    private final int port;
    private Process process;

    /**
     * Makes room for a server.
     *
     * @param directory empty; everything is kept there; its parent can be entered by others
     * @param name of the server, as a directory
     * @param systemUser Debian's for this server
     * @throws IOException if it cannot be made
     */
    DatabaseServer(Path directory, String name, String systemUser) throws IOException {
        this.systemUser = systemUser;
        port = FreePorts.one();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Files.createDirectory(directory.resolve(name));
        log = directory.resolve(name + ".log");
        give(home);
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Gives its directory, which is its own. */
    final Path home() {
        return home;
    }

    /** Has the server's user own a file. */
    final void give(Path file) throws IOException {
        if (root()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(systemUser));
        }
    }

    /** Runs something as the server's user, and waits for its end. */
    final void unprivileged(List<String> command) throws IOException {
        if (builder(command).start().onExit().join().exitValue() != 0) {
            throw failed(command.get(0) + " failed");
        }
    }

    /** Makes a data directory as it is before a server's first start. */
    interface Initialization {
        void make(Path data) throws IOException;
    }

    /**
     * Gives this server a data directory. It is made once for all servers of a kind in this process, and copied: making
     * one takes seconds, and no test is about that.
     */
    final void initialize(Path data, Initialization initialization) throws IOException {
        synchronized (TEMPLATES) {
            Path template = TEMPLATES.get(systemUser);
            if (template == null) {
                Path directory = Files.createTempDirectory("joecash-" + systemUser + "-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> clearAtExit(directory), "clear " + directory));
                give(directory);
                template = directory.resolve("data");
                initialization.make(template);
                TEMPLATES.put(systemUser, template);
            }
            unprivileged(List.of("cp", "-a", template.toString(), data.toString()));
        }
    }

    private static void clearAtExit(Path directory) {
        try {
            clear(directory);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Left behind", e);
        }
    }

    /** Tells the end of the log, too, because a test's directory does not outlive it. */
    private IOException failed(String what) throws IOException {
        String all = Files.readString(log, StandardCharsets.ISO_8859_1);
        return new IOException(what + ": " + all.substring(Math.max(0, all.length() - LAST_CHARACTERS)));
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of(
                    "setpriv", "--reuid=" + systemUser, "--regid=" + systemUser, "--clear-groups", "--no-new-privs"));
        }
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    /** Gives the server's command. */
    abstract List<String> command();

    /** Gives a command that succeeds once it takes connections. */
    abstract List<String> ping();

    /**
     * Starts it and waits until it takes connections.
     *
     * @throws IOException if it does not
     * @throws InterruptedException if somebody interrupts the wait
     */
    public final void start() throws IOException, InterruptedException {
        process = builder(command()).start();
        long start = System.nanoTime();
        while (!ready()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - start > Await.PATIENCE.toNanos()) {
                kill();
                throw failed("The server does not come up");
            }
        }
    }

    private boolean ready() throws IOException {
        return new ProcessBuilder(ping())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    /**
     * Says why a server that was started is not there any more, where nobody here ended it.
     *
     * @throws IOException if it has ended, with its exit code and the end of its log
     */
    public final void requireRunning() throws IOException {
        if (!process.isAlive()) {
            throw failed("The server ended by itself with " + process.exitValue());
        }
    }

    /** Kills it with all its connections (SIGKILL); what it has stays, and {@link #start} recovers it. */
    public final void kill() {
        if (process != null) {
            // Until the last of them is gone, another server cannot take the directory over.
            Signals.kill(process);
        }
    }

    /**
     * Stops all of it where it is (SIGSTOP): connections stay open, and nobody answers.
     *
     * @throws IOException if that fails
     */
    public final void freeze() throws IOException {
        Signals.send("STOP", process.toHandle());
    }

    /**
     * Lets it go on (SIGCONT).
     *
     * @throws IOException if that fails
     */
    public final void thaw() throws IOException {
        Signals.send("CONT", process.toHandle());
    }

    /**
     * Gives its port, the same after each start.
     *
     * @return 1 to 65535
     */
    public final int port() {
        return port;
    }

    /**
     * Gives the JDBC address of one of its databases.
     *
     * @param database its name, without characters that an address escapes
     * @return without user and password
     */
    public abstract String url(String database);

    /** Kills it, and removes what the root user's temporary directories could not be removed with. */
    @Override
    public final void close() throws IOException {
        kill();
        clear(home);
    }

    /** Removes a directory with all that is in it. */
    static void clear(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
