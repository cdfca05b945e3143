package de.joecash.itests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The virtual machine of a host that ends within seconds, as most of a test's do: a hundred are started, on few
 * processors. It does without the second compiler, whose work would not pay for itself, and without the larger
 * collector's threads, and finds the framework's and the JDK's classes prepared (JEP 350). Not where a test measures
 * how fast a host is.
 */
final class ShortLived {
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static List<String> options;

    private ShortLived() {}

    /** Gives what {@code java} is told; the first call starts a host, which leaves its classes for the others. */
    static synchronized List<String> options() {
        if (options == null) {
            options = new ArrayList<>(SMALL);
            Path classes = classes();
            // Without them a host starts as well.
            if (Files.exists(classes)) {
                options.add("-XX:SharedArchiveFile=" + classes);
            }
        }
        return options;
    }

    private static Path classes() {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target/tills").toAbsolutePath()), "classes-");
            Path classes = directory.resolve("host.jsa");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m"));
            command.addAll(SMALL);
            command.addAll(List.of(
                    "-XX:ArchiveClassesAtExit=" + classes,
                    "-jar",
                    DemoHost.JAR.toString(),
                    "--data",
                    directory.resolve("data").toString(),
                    "--receipts",
                    "100",
                    "--exec",
                    "backup:create"));
            Path out = directory.resolve("out");
            Process host = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                if (!host.waitFor(10, TimeUnit.MINUTES) || host.exitValue() != 0) {
                    throw new AssertionError(Files.readString(out));
                }
            } finally {
                host.destroyForcibly();
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
