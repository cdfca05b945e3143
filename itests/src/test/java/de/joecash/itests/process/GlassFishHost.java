package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.FreePorts;
import de.joecash.backup.testkit.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * GlassFish as its makers ship it, with a domain on ports that nobody else has, and that domain's directory for
 * bundles.
 */
final class GlassFishHost implements AutoCloseable {
    private static final Path DISTRIBUTION = Path.of("target/hosts/glassfish.zip");
    private static final String DOMAIN = "till";
    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Every port that a domain takes, but for those of its administrator and its pages. */
    private static final List<String> PORTS = List.of(
            "domain.jmxPort",
            "jms.port",
            "http.ssl.port",
            "orb.listener.port",
            "orb.ssl.port",
            "orb.mutualauth.port",
            "osgi.shell.telnet.port",
            "java.debugger.port");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path home;
    private final int adminPort = FreePorts.one();
    private final int ownPort = FreePorts.one();
    private final int pagesPort = FreePorts.one();
    private Process process;

    private GlassFishHost(Path home) throws IOException {
        this.home = home;
    }

    /**
     * Starts one in a directory that is empty; waits until its own page answers.
     *
     * @param driver of the databases that its JDBC resources are on
     */
    static GlassFishHost start(Path home, Path driver) throws IOException {
        GlassFishHost host = new GlassFishHost(home);
        Path java = Path.of(System.getProperty("java.home"), "bin");
        host.run(
                java.resolve("jar").toString(),
                "-xf",
                DISTRIBUTION.toAbsolutePath().toString());
        StringBuilder ports = new StringBuilder();
        for (String port : PORTS) {
            ports.append(ports.isEmpty() ? "" : ":").append(port).append('=').append(FreePorts.one());
        }
        host.admin(
                "create-domain",
                "--nopassword",
                "--checkports=false",
                "--adminport",
                Integer.toString(host.adminPort),
                "--instanceport",
                Integer.toString(host.ownPort),
                "--domainproperties",
                ports.toString(),
                DOMAIN);
        Files.copy(driver, host.domain().resolve("lib").resolve(driver.getFileName()));
        host.configure();
        host.process = host.prepared(host.command("start-domain", "--verbose", DOMAIN))
                .redirectOutput(home.resolve("out").toFile())
                .start();
        try {
            DemoHost.await("its own page", () -> host.ownPage() == 200 ? true : null);
        } catch (AssertionError | RuntimeException e) {
            host.close();
            throw new AssertionError(Files.readString(home.resolve("out")), e);
        }
        return host;
    }

    /** What the integrator's guide says. */
    private void configure() throws IOException {
        Path configuration = domain().resolve("config/osgi.properties");
        Files.copy(home.resolve("glassfish7/glassfish/config/osgi.properties"), configuration);
        Files.write(
                configuration,
                List.of(
                        "felix.fileinstall.optionalImportRefreshScope = managed",
                        "org.osgi.service.http.port = " + pagesPort,
                        "org.apache.felix.http.host = 127.0.0.1"),
                StandardOpenOption.APPEND);
        Files.write(
                domain().resolve("config/logging.properties"),
                List.of(
                        "",
                        "de.joecash.handlers = java.util.logging.FileHandler",
                        "java.util.logging.FileHandler.pattern = ${com.sun.aas.instanceRoot}/logs/backup.%g.log",
                        "java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter",
                        "java.util.logging.FileHandler.limit = 10000000",
                        "java.util.logging.FileHandler.count = 5",
                        "java.util.logging.FileHandler.append = true"),
                StandardOpenOption.APPEND);
    }

    private Path domain() {
        return home.resolve("glassfish7/glassfish/domains").resolve(DOMAIN);
    }

    private Path watched() {
        return domain().resolve("autodeploy/bundles");
    }

    /** The backup's pages, and what they tell. */
    DemoHost pages() {
        return DemoHost.at(home, URI.create("http://127.0.0.1:" + pagesPort + "/"));
    }

    /** What the server's own listener answers to somebody who looks at its first page; 0 while it does not listen. */
    int ownPage() throws InterruptedException {
        try {
            return client.send(own("/").build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What an application of the server answers to what is sent to an address of it. */
    String post(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                own(path).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest.Builder own(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + path))
                .timeout(Duration.ofMinutes(1));
    }

    /** Has its administrator do something, which must succeed; gives what he is told. */
    String admin(String... arguments) {
        return run(command(arguments).toArray(String[]::new));
    }

    /** The same with secrets, none of which stands in a command. */
    String adminWithSecrets(List<String> secrets, String... arguments) throws IOException {
        Path file = Files.createFile(home.resolve("secrets"), OWNERS);
        Files.write(file, secrets);
        try {
            return admin(Stream.concat(Stream.of("--passwordfile", file.toString()), Arrays.stream(arguments))
                    .toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    /** Has its shell run a command, as an administrator reaches it. */
    String shell(String command) {
        return admin("osgi", command);
    }

    /** Every bundle of its framework, name and version: the server starts some of its own only when they are needed. */
    Set<String> bundles() {
        return list().map(columns -> columns[3]).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The number that its framework has given to a bundle. */
    String bundle(String name) {
        return list().filter(columns -> columns[3].startsWith(name + " "))
                .map(columns -> columns[0].strip())
                .findFirst()
                .orElseThrow();
    }

    private Stream<String[]> list() {
        return shell("lb -s").lines().map(line -> line.split("\\|", -1)).filter(columns -> columns.length == 5);
    }

    /** Puts a file into the directory that is watched, whole: one that grows would be taken for a broken bundle. */
    void drop(String name, byte[] contents) throws IOException {
        Path whole = Files.createFile(home.resolve(name), OWNERS);
        Files.write(whole, contents);
        Files.move(whole, watched().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts all that is in a directory there. */
    void drop(Path directory) throws IOException {
        for (Path file : files(directory)) {
            drop(file.getFileName().toString(), Files.readAllBytes(file));
        }
    }

    /** Removes every file from the directory that is watched. */
    void clear() throws IOException {
        for (Path file : files(watched())) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /**
     * Every entry of its log, each of which may have many lines; without the thread's name, which may be the name of
     * what others do for a bundle. From its console, which is told the same: the thread that writes server.log ends at
     * some starts of a GlassFish 7.0.20.
     */
    List<String> log() throws IOException {
        String log = Files.readString(home.resolve("out")).replaceAll("_ThreadName=.*?;_LevelValue", "_LevelValue");
        return List.of(log.split("\n(?=\\[#\\|\\d{4}-\\d\\d-\\d\\dT)", -1));
    }

    /** What the bundles log, in the file that the guide gives them. */
    String ownLog() throws IOException {
        return Files.readString(domain().resolve("logs/backup.0.log"));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                home.resolve("glassfish7/glassfish/bin/asadmin").toString(),
                "--interactive=false",
                "--port",
                Integer.toString(adminPort)));
        command.addAll(List.of(arguments));
        return command;
    }

    private String run(String... command) {
        try {
            Process tool = prepared(List.of(command)).start();
            tool.getOutputStream().close();
            CompletableFuture<?> unused =
                    tool.onExit().orTimeout(5, TimeUnit.MINUTES).exceptionally(late -> tool.destroyForcibly());
            String out = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(tool.onExit().join().exitValue())
                    .as("%s: %s", List.of(command), out)
                    .isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        return builder;
    }

    @Override
    public void close() {
        Signals.kill(process);
    }
}
