package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.FreePorts;
import de.joecash.backup.testkit.Signals;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Apache Karaf as its makers ship it, with an administrator of its own, ports that nobody else has, and no Maven
 * repository to fetch anything from.
 */
final class KarafHost implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of("target/hosts/karaf.tar.gz");
    private static final String ADMINISTRATOR = "vendor";

    private final Path home;
    private final int shellPort;
    private final int pagesPort;
    private final String password = UUID.randomUUID().toString();
    private Process process;

    private KarafHost(Path home, int shellPort, int pagesPort) {
        this.home = home;
        this.shellPort = shellPort;
        this.pagesPort = pagesPort;
    }

    /**
     * Starts one in a directory that is empty; waits until its shell answers.
     *
     * @param data where the till that is installed into it keeps everything
     */
    static KarafHost start(Path home, Path data) throws IOException {
        KarafHost host = new KarafHost(home, FreePorts.one(), FreePorts.one());
        assertThat(host.run(
                                "",
                                "tar",
                                "-xzf",
                                DISTRIBUTION.toAbsolutePath().toString(),
                                "--strip-components=1",
                                "-C",
                                ".")
                        .code())
                .isZero();
        host.configure(data);
        ProcessBuilder builder = host.prepared("bin/karaf", "server")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile());
        host.process = builder.start();
        try {
            DemoHost.await("its shell", () -> host.isBooted() ? true : null);
        } catch (AssertionError | RuntimeException e) {
            host.close();
            throw new AssertionError(Files.readString(home.resolve("out")), e);
        }
        return host;
    }

    private void configure(Path data) throws IOException {
        Path etc = home.resolve("etc");
        append(
                etc.resolve("users.properties"),
                ADMINISTRATOR + " = " + password + ",_g_:admingroup",
                "_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh");
        append(
                etc.resolve("system.properties"),
                "de.joecash.data = " + data,
                "de.joecash.receipts = 500",
                "org.osgi.service.http.port = " + pagesPort,
                "org.apache.felix.http.host = 127.0.0.1");
        append(
                etc.resolve("org.ops4j.pax.url.mvn.cfg"),
                "org.ops4j.pax.url.mvn.repositories =",
                "org.ops4j.pax.url.mvn.localRepository = " + home.resolve("data/repository"));
        append(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort = " + shellPort, "sshHost = 127.0.0.1");
        append(
                etc.resolve("org.apache.karaf.management.cfg"),
                "rmiRegistryPort = " + FreePorts.one(),
                "rmiServerPort = " + FreePorts.one());
    }

    private static void append(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines), StandardOpenOption.APPEND);
    }

    /** Its shell, as an administrator reaches it: gives what a command said, and whether it succeeded. */
    DemoHost.Ended ask(String command) {
        return run(
                command,
                "bin/client",
                "-b",
                "-h",
                "127.0.0.1",
                "-a",
                Integer.toString(shellPort),
                "-u",
                ADMINISTRATOR,
                "-p",
                password);
    }

    private boolean isBooted() {
        DemoHost.Ended ended = ask("service:list org.apache.karaf.features.BootFinished");
        return ended.code() == 0 && ended.out().contains("BootFinished]");
    }

    /** As {@link #ask}, of a command that must succeed. */
    String succeed(String command) {
        DemoHost.Ended ended = ask(command);
        assertThat(ended.code()).as("%s: %s", command, ended.out()).isZero();
        return ended.out();
    }

    /** The pages of the till in it, and what they tell. */
    DemoHost pages(Path data) {
        return DemoHost.at(data, URI.create("http://127.0.0.1:" + pagesPort + "/"));
    }

    /** What it has logged so far. */
    String log() throws IOException {
        return Files.readString(home.resolve("data/log/karaf.log"));
    }

    private DemoHost.Ended run(String typed, String... command) {
        try {
            Process tool = prepared(command).redirectErrorStream(true).start();
            try (OutputStream in = tool.getOutputStream()) {
                in.write((typed + "\n").getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new DemoHost.Ended(tool.onExit().join().exitValue(), out, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder prepared(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Whoever runs the tests may be root.
        builder.environment().remove("KARAF_NOROOT");
        return builder;
    }

    @Override
    public void close() {
        Signals.kill(process);
    }
}
