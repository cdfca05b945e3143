package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a backup has at a data centre, looked at by standard tools: {@code age} and {@code gunzip}. */
final class Delivered {
    private Delivered() {}

    /** The key that opens what a demo host has sent. */
    static Path key(DemoHost host) {
        return host.backups().resolveSibling("demo").resolve("vendor.key");
    }

    /**
     * One of the backup's archives is there, sealed: as a whole, and then equal to the one on the server, or as a pack.
     *
     * @param content what the archive's name ends in, without what compressing and sealing add
     */
    static void assertThere(Path directory, String id, String content, DemoHost host)
            throws IOException, InterruptedException {
        Path full = directory.resolve(id + content + ".gz.age");
        Path pack = directory.resolve(id + content + ".pack.gz.age");
        assertThat(List.of(full, pack)).filteredOn(Files::exists).hasSize(1);
        Path opened = Files.createTempFile("opened", ".gz");
        try {
            run(
                    "age",
                    "-d",
                    "-i",
                    key(host).toString(),
                    "-o",
                    opened.toString(),
                    (Files.exists(full) ? full : pack).toString());
            run("gunzip", "-t", opened.toString());
            if (Files.exists(full)) {
                assertThat(opened).hasSameBinaryContentAs(host.backups().resolve(id + content + ".gz"));
            }
        } finally {
            Files.delete(opened);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
