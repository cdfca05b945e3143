package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a host's process holds, once what nobody uses any more was collected.
 *
 * @param heapKilobytes objects
 * @param threads of the process, those of the virtual machine included
 * @param classLoaders of bundles
 * @param files open ones and connections
 */
record Footprint(long heapKilobytes, int threads, int classLoaders, int files) {
    private static final Pattern OBJECTS = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final String OF_BUNDLES = "BundleClassLoader";

    static Footprint of(DemoHost host) throws IOException {
        // Class loaders go with what is collected second: what cleans up after the first runs in between.
        jcmd(host, "GC.run");
        jcmd(host, "GC.run");
        // Counts what is alive after a collection of its own.
        Matcher objects = OBJECTS.matcher(jcmd(host, "GC.class_histogram"));
        assertThat(objects.find()).isTrue();
        long loaders = jcmd(host, "VM.classloader_stats")
                .lines()
                .filter(line -> line.contains(OF_BUNDLES))
                .count();
        return new Footprint(
                Long.parseLong(objects.group(1)) / 1024,
                count(host, "task"),
                Math.toIntExact(loaders),
                count(host, "fd"));
    }

    private static int count(DemoHost host, String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(host.pid()), directory))) {
            return Math.toIntExact(entries.count());
        }
    }

    private static String jcmd(DemoHost host, String command) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(host.pid()),
                        command))
                .redirectErrorStream(true)
                .start();
        CompletableFuture<?> unused =
                process.onExit().orTimeout(2, TimeUnit.MINUTES).exceptionally(late -> process.destroyForcibly());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said;
    }
}
