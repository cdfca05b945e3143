package de.joecash.backup.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has the system drop what goes to or comes from some ports on loopback, without a word to anybody, as a router does
 * that has forgotten a connection. Ends with {@link #close}, in any case with this process.
 */
public final class DroppedPorts implements AutoCloseable {
    private static final Path IPTABLES = Path.of("/usr/sbin/iptables");

    private final List<String> directions = List.of("--destination-port", "--source-port");
    private final String ports;
    private final Thread atTheEnd = new Thread(this::remove);

    /**
     * Drops nothing yet. Skips the test where that cannot be done; see {@link Needed}.
     *
     * @param first the first port
     * @param count how many there are
     * @throws IOException if the system's rules cannot be asked for
     */
    public DroppedPorts(int first, int count) throws IOException {
        Needed.on("root".equals(System.getProperty("user.name")), "the root user, to drop packets");
        Needed.on(Files.isExecutable(IPTABLES), "the Debian package iptables");
        ports = first + ":" + (first + count - 1);
        Needed.on(run("-n", "-L", "INPUT").isEmpty(), "a system that lets packets be dropped");
    }

    /**
     * Drops from now on.
     *
     * @throws IOException if the system does not
     */
    public void begin() throws IOException {
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        for (String direction : directions) {
            String said = rule("-I", direction);
            if (!said.isEmpty()) {
                throw new IOException(said);
            }
        }
    }

    private String rule(String verb, String direction) throws IOException {
        return run(verb, "INPUT", "-i", "lo", "-p", "tcp", direction, ports, "-j", "DROP");
    }

    /** Gives what it complained of. */
    private static String run(String... arguments) throws IOException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(IPTABLES.toString(), "-w"), Stream.of(arguments))
                        .toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        return exit == 0 ? "" : "iptables " + exit + ": " + said;
    }

    private void remove() {
        for (String direction : directions) {
            try {
                rule("-D", direction);
            } catch (IOException e) {
                // There is no iptables, so there is no rule.
            }
        }
    }

    @Override
    public void close() {
        if (Runtime.getRuntime().removeShutdownHook(atTheEnd)) {
            remove();
        }
    }
}
