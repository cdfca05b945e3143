package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tax auditor may have, years later: each opens an archive, an empty one, and a pack of new members. */
class ArchiveToolsIT {
    private static final int BYTES = 6_000_000;
    private static final String PYTHON =
            "import gzip, shutil, sys; shutil.copyfileobj(gzip.open(sys.argv[1]), sys.stdout.buffer)";

    @TempDir
    private static Path directory;

    private static Path whole;
    private static Path empty;
    private static Path pack;
    private static byte[] content;
    private static byte[] packed;

    /**
     * A program that writes a gzip file's content to its standard output.
     *
     * @param needed the Debian package that it comes in
     * @param command the file's name follows it
     */
    private record Tool(String needed, List<String> command) {
        @Override
        public String toString() {
            return command.get(0);
        }
    }

    private static Stream<Tool> tools() {
        return Stream.of(
                new Tool("gzip", List.of("gunzip", "-c")),
                new Tool("gzip", List.of("zcat")),
                new Tool("pigz", List.of("pigz", "-dc")),
                new Tool("p7zip-full", List.of("7z", "x", "-so")),
                new Tool("libarchive-tools", List.of("bsdcat")),
                new Tool("python3", List.of("python3", "-c", PYTHON)));
    }

    @BeforeAll
    static void makeArchives() throws Exception {
        content = rows(BYTES, 1);
        whole = directory.resolve("till.sql.gz");
        ArchiveCommand.create(whole, out -> out.write(content));
        empty = directory.resolve("empty.sql.gz");
        ArchiveCommand.create(empty, out -> {});
        byte[] more = rows(200_000, 2);
        Path next = directory.resolve("next.sql.gz");
        ArchiveCommand.create(next, out -> {
            out.write(content);
            out.write(more);
        });
        pack = directory.resolve("pack.gz");
        ArchiveCommand.Ended ended =
                ArchiveCommand.run("pack", next.toString(), pack.toString(), "--known", whole + ".index");
        assertThat(ended.code()).as(ended.out()).isZero();
        // Nothing before the last member changed, so the pack is the end of the next day's content.
        byte[] all = Arrays.copyOf(content, content.length + more.length);
        System.arraycopy(more, 0, all, content.length, more.length);
        int length = contentLength(pack);
        assertThat(length).isBetween(more.length, content.length / 2);
        packed = Arrays.copyOfRange(all, all.length - length, all.length);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void isOpenedBy(Tool tool) throws Exception {
        Needed.on(isThere(tool.command.get(0)), "Debian package " + tool.needed);
        assertThat(opened(tool, whole)).isEqualTo(content);
        assertThat(opened(tool, empty)).isEmpty();
        assertThat(opened(tool, pack)).isEqualTo(packed);
    }

    @Test
    void isOpenedByTheJdk() throws IOException {
        assertThat(byTheJdk(whole)).isEqualTo(content);
        assertThat(byTheJdk(empty)).isEmpty();
        assertThat(byTheJdk(pack)).isEqualTo(packed);
    }

    @Test
    void isOpenedByCommonsCompress() throws IOException {
        assertThat(byCommonsCompress(whole)).isEqualTo(content);
        assertThat(byCommonsCompress(empty)).isEmpty();
        assertThat(byCommonsCompress(pack)).isEqualTo(packed);
    }

    private static byte[] opened(Tool tool, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(tool.command);
        command.add(file.toString());
        Path said = Files.createTempFile(directory, "said", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(said.toFile()).start();
        byte[] out;
        try (InputStream in = process.getInputStream()) {
            out = in.readAllBytes();
        }
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(said))
                .isZero();
        return out;
    }

    private static byte[] byTheJdk(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return in.readAllBytes();
        }
    }

    private static byte[] byCommonsCompress(Path file) throws IOException {
        try (InputStream in = GzipCompressorInputStream.builder()
                .setPath(file)
                .setDecompressConcatenated(true)
                .get()) {
            return in.readAllBytes();
        }
    }

    private static int contentLength(Path file) throws IOException {
        return byTheJdk(file).length;
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static byte[] rows(int bytes, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder(bytes + 100);
        while (rows.length() < bytes) {
            rows.append(random.nextInt(1_000_000))
                    .append("\tWaschen, schneiden, föhnen\t")
                    .append(random.nextInt(100))
                    .append(",90\tbar\n");
        }
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }
}
