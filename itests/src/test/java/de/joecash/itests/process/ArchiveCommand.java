package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The archive's command line in a process of its own, with a small heap and nothing but the core's jar. */
final class ArchiveCommand {
    private static final String MAIN = "de.joecash.backup.core.internal.command.Main";

    private ArchiveCommand() {}

    /** Gives the process its input. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** How a process ended. */
    record Ended(int code, String out) {}

    /** Makes an archive, which must succeed. */
    static void create(Path archive, Content content, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("create", archive.toString()));
        arguments.addAll(List.of(options));
        Ended ended = run(content, arguments);
        assertThat(ended.code).as(ended.out).isZero();
    }

    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(out -> {}, List.of(arguments));
    }

    private static Ended run(Content content, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp", jar(), MAIN));
        command.addAll(arguments);
        Path said = Files.createTempFile("archive", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(said.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
                content.writeTo(out);
            }
            return new Ended(process.waitFor(), Files.readString(said));
        } finally {
            Files.delete(said);
        }
    }

    private static String jar() {
        Path target = Path.of("../bundles/de.joecash.backup.core/target").toAbsolutePath();
        try (Stream<Path> files = Files.list(target)) {
            return files.map(Path::toString)
                    .filter(name -> name.matches(".*/de\\.joecash\\.backup\\.core-[^/]*(?<!-sources|-javadoc)\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
