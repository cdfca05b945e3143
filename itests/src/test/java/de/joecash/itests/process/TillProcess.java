package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable jar as a process of its own. */
final class TillProcess implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAR = TARGET.resolve("../../features/de.joecash.pos.runtime/target/joecash-pos.jar")
            .normalize();
    private static final Pattern BACK_OFFICE =
            Pattern.compile("^Back office: (http://127\\.0\\.0\\.1:\\d+/)$", Pattern.MULTILINE);

    private final Process process;
    private final Path out;
    private final Path err;

    private TillProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** A directory under the build's own that is not there yet. */
    static Path freshData(String name) {
        try {
            Path tills = Files.createDirectories(TARGET.resolve("tills"));
            return Files.createTempDirectory(tills, name + "-").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the jar, speaking English, with a small heap. */
    static TillProcess start(String... arguments) {
        return start(Map.of(), arguments);
    }

    /** Starts the jar in an environment that holds these, too. */
    static TillProcess start(Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // JDK 24 and later would warn on the console of what Felix 7 does while its classes load.
                    Runtime.version().feature() < 24 ? "-ea" : "--sun-misc-unsafe-memory-access=allow",
                    "-Xmx128m",
                    "-Duser.language=en"));
            command.addAll(ShortLived.options());
            command.addAll(List.of("-jar", JAR.toString()));
            command.addAll(List.of(arguments));
            Path outputs = Files.createTempDirectory(Files.createDirectories(TARGET.resolve("tills")), "output-");
            Path out = outputs.resolve("out");
            Path err = outputs.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(outputs.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new TillProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the address of the back office. */
    URI backOffice(Duration limit) {
        return Await.nonNull(limit, "the back office; " + err, () -> {
            assertThat(process.isAlive()).as("alive; " + err).isTrue();
            Matcher line = BACK_OFFICE.matcher(out());
            return line.find() ? URI.create(line.group(1)) : null;
        });
    }

    /** Waits for the end. */
    int exitCode(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ends within " + limit)
                .isTrue();
        return process.exitValue();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** SIGTERM, as at the machine's shutdown. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, as at a power cut. */
    void kill() {
        process.destroyForcibly();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Until it is gone it holds its data directory.
        process.destroyForcibly().onExit().join();
    }
}
