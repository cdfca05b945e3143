package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.features.Artifact;
import de.joecash.backup.features.Feature;
import de.joecash.backup.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Felix as its makers ship it ({@code bin/felix.jar}, {@code bundle/}, {@code conf/}), with what the integrator's guide
 * says a host brings, the guide's own host, and a directory that FileInstall watches.
 */
final class FelixHost implements AutoCloseable {
    private static final Path BUNDLES = Path.of("target", "bundles");
    private static final Path MAKERS = Path.of("target", "hosts");

    /** A backend of its own would want a configuration; what is said goes to the console. */
    private static final String NO_BACKEND = "pax-logging-logback";

    private final Path home;
    private final Process process;
    private final DemoHost pages;

    private FelixHost(Path home, Process process, int port) {
        this.home = home;
        this.process = process;
        pages = DemoHost.at(home, URI.create("http://127.0.0.1:" + port + "/"));
    }

    /** Starts one in a directory that is empty; waits until it is up. */
    static FelixHost start(Path home, Path java) throws IOException {
        return start(home, java, List.of(), List.of());
    }

    /**
     * The same with more.
     *
     * @param more bundles that the host has besides
     * @param properties of its framework, a line each
     */
    static FelixHost start(Path home, Path java, List<Path> more, List<String> properties) throws IOException {
        Path bundles = Files.createDirectory(home.resolve("bundle"));
        for (Artifact artifact : brought()) {
            copy(BUNDLES.resolve(artifact.fileName()), bundles);
        }
        copy(MAKERS.resolve("fileinstall.jar"), bundles);
        Path made = Files.createDirectory(home.resolve("made"));
        copy(HostBundle.exampleHost(made), bundles);
        copy(HostBundle.door(made), bundles);
        for (Path bundle : more) {
            copy(bundle, bundles);
        }
        copy(MAKERS.resolve("felix.jar"), Files.createDirectory(home.resolve("bin")));
        Files.createDirectory(home.resolve("load"));
        int port = FreePorts.one();
        Path configuration = Files.createDirectory(home.resolve("conf"));
        Files.writeString(
                configuration.resolve("system.properties"), "org.ops4j.pax.logging.DefaultServiceLog.level = WARN\n");
        Files.write(
                configuration.resolve("config.properties"),
                List.of(
                        "felix.auto.deploy.action = install,start",
                        "felix.fileinstall.dir = " + home.resolve("load"),
                        "felix.fileinstall.poll = 300",
                        "gosh.args = --nointeractive --noshutdown",
                        "org.osgi.service.http.port = " + port,
                        "org.apache.felix.http.host = 127.0.0.1",
                        "pos.folder = " + Files.createDirectory(home.resolve("pos"))));
        Files.write(configuration.resolve("config.properties"), properties, StandardOpenOption.APPEND);
        Process process = new ProcessBuilder(java.resolve("bin/java").toString(), "-Xmx128m", "-jar", "bin/felix.jar")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
        try {
            FelixHost host = new FelixHost(home, process, port);
            DemoHost.await("its own bundles", () -> host.isUp() ? true : null);
            return host;
        } catch (AssertionError | RuntimeException e) {
            process.destroyForcibly();
            throw new AssertionError(Files.readString(home.resolve("out")), e);
        }
    }

    private static List<Artifact> brought() {
        Feature demo = Feature.shipped(Feature.DEMO_HOST);
        List<Artifact> brought = new ArrayList<>();
        for (String part : List.of("framework", "http", "h2")) {
            brought.addAll(demo.part(part));
        }
        brought.removeIf(bundle -> bundle.name().equals(NO_BACKEND));
        demo.part("till").stream()
                .filter(bundle -> bundle.name().equals("de.joecash.pos.api"))
                .forEach(brought::add);
        return brought;
    }

    private static void copy(Path file, Path directory) throws IOException {
        Files.copy(file, directory.resolve(file.getFileName()));
    }

    /** Its pages, and what they tell. */
    DemoHost pages() {
        return pages;
    }

    /** Whether every bundle that can be started is. */
    boolean isUp() {
        return bundles().stream().allMatch(bundle -> bundle.endsWith(" ACTIVE"));
    }

    /** Every bundle of its framework: name, version and state. */
    Set<String> bundles() {
        Set<String> lines = new TreeSet<>();
        pages.get("/pos/api/bundles").getAsJsonArray().forEach(line -> lines.add(line.getAsString()));
        return lines;
    }

    /**
     * Puts what is shipped into the directory that is watched, but for what the host has already, each file whole: one
     * that grows for longer than two looks would be taken for a broken bundle. Gives how many bundles that are.
     */
    int drop(Path shipped) throws IOException {
        Path whole = Files.createDirectory(home.resolve("whole"));
        try (Stream<Path> files = Files.list(shipped)) {
            for (Path file : files.toList()) {
                if (!Files.exists(home.resolve("bundle").resolve(file.getFileName()))) {
                    copy(file, whole);
                }
            }
        }
        int bundles = 0;
        try (Stream<Path> files = Files.list(whole)) {
            for (Path file : files.toList()) {
                Files.move(file, home.resolve("load").resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                bundles += file.toString().endsWith(".jar") ? 1 : 0;
            }
        }
        return bundles;
    }

    /** Puts the core's configuration there. */
    void configure() throws IOException {
        Path file = Files.writeString(
                home.resolve("de.joecash.backup.core.cfg"), "folder = " + home.resolve("backups") + "\n");
        Files.move(file, home.resolve("load").resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes every file from the directory that is watched. */
    void clear() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("load"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** What it has said on its console. */
    String said() throws IOException {
        return Files.readString(home.resolve("out"));
    }

    /** Ends it as the system does when it shuts down. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends on SIGTERM").isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
