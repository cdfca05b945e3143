package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till's files go wherever its database goes, and come back with it. */
class KeptFilesIT {
    private static final String CORE = "de.joecash.backup.core.internal.";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void comeBackWithTheDatabase() throws Exception {
        Path data = directory.resolve("data");
        Path files = data.resolve("files");
        try (DemoHost host = DemoHost.start(data, "--receipts", "500")) {
            Files.writeString(files.resolve("Quittung für Ärzte.txt"), "kept");
            String id = host.backup();
            assertThat(tar(host.backups().resolve(id + ".files.tar.gz")))
                    .contains("files/Quittung für Ärzte.txt", "files/receipts/000001.svg");
            host.book(true);
            host.succeed("send", "{}");
            Delivered.assertThere(data.resolve("demo/data-centre"), id, ".files.tar", host);
            Files.delete(files.resolve("receipts/000001.svg"));
            Files.writeString(files.resolve("Quittung für Ärzte.txt"), "overwritten");

            host.succeed("restore", "{\"backup\":\"" + id + "\",\"confirm\":\"RESTORE\"}");

            assertThat(files.resolve("Quittung für Ärzte.txt")).hasContent("kept");
            assertThat(files.resolve("receipts/000001.svg")).exists();
            assertThat(data.resolve("files.before-restore-" + id).resolve("Quittung für Ärzte.txt"))
                    .hasContent("overwritten");
            assertThat(host.stop()).isZero();
            restoreBeside(data, id);
        }
        assertThat(directories(data)).noneMatch(name -> name.startsWith("."));
    }

    /** {@code kill -9} while files are being unpacked, sales are held, and both are put in place. */
    @Test
    void areTheOldOrTheNewOnesWhereverARestoreIsCutOff() throws Exception {
        Path data = TillProcess.freshData("files-killed");
        Path files = data.resolve("files");
        Path journal = data.resolve("backups/replacements.json");
        exec(data, "backup:create", "--receipts", "2000");
        for (Cut cut : Cut.values()) {
            Path old = Files.writeString(files.resolve("only in the old ones " + cut), "old");
            Breakpoint point = cut.point();
            try (TillProcess host =
                    TillProcess.start(point.environment(), "--data", data.toString(), "--exec", "backup:restore 1")) {
                point.await(PATIENCE);
                assertThat(journal).as(cut.name()).exists();
                host.kill();
                // Until then it holds the data directory.
                assertThat(host.exitCode(PATIENCE)).isEqualTo(128 + 9);
            }

            exec(data, "backup:list");

            assertThat(journal).doesNotExist();
            assertThat(directories(data)).noneMatch(name -> name.startsWith("."));
            assertThat(files.resolve("receipts/000001.svg")).exists();
            assertThat(files.resolve("tse/export-0001.csv")).exists();
            assertThat(Files.exists(old)).as(cut.name()).isEqualTo(cut.compareTo(Cut.DECIDED) < 0);
            if (Files.notExists(old)) {
                assertThat(aside(data)).anyMatch(earlier -> Files.exists(earlier.resolve(old.getFileName())));
            }
        }
    }

    /** Where it is cut off, in this order. */
    private enum Cut {
        UNPACKED,
        SALES_HELD,
        DATABASE_SWAPPED,
        DECIDED,
        REPLACED;

        private Breakpoint point() throws Exception {
            return Breakpoint.at(
                    switch (this) {
                        case UNPACKED -> Breakpoint.Step.into(CORE + "files.UnpackedTree", "isOnDisk");
                        case SALES_HELD -> Breakpoint.Step.into(CORE + "run.Restoration", "makeSafe");
                        case DATABASE_SWAPPED -> Breakpoint.Step.into(CORE + "files.Replacements", "decide");
                        case DECIDED -> Breakpoint.Step.into(CORE + "files.Replacements", "perform");
                        case REPLACED -> Breakpoint.Step.into(CORE + "files.Replacements", "end");
                    });
        }
    }

    /** One of an earlier restore is there still where the last one was cut off before it removed that. */
    private static List<Path> aside(Path data) throws Exception {
        try (Stream<Path> all = Files.list(data)) {
            return all.filter(path -> path.getFileName().toString().startsWith("files.before-restore-"))
                    .toList();
        }
    }

    private static void exec(Path data, String script, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--exec", script));
        arguments.addAll(List.of(options));
        try (TillProcess host = TillProcess.start(arguments.toArray(String[]::new))) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isZero();
        }
    }

    private void restoreBeside(Path data, String id) throws Exception {
        Path copy = directory.resolve("copy");
        DemoHost.Ended ended = DemoHost.exec(data, "backup:restore " + id + " --into " + copy);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(directory.resolve("copy.files/files/Quittung für Ärzte.txt")).hasContent("kept");
    }

    private static List<String> directories(Path data) throws Exception {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** As anybody could without us. */
    private static List<String> tar(Path archive) throws Exception {
        Process process = new ProcessBuilder("tar", "-tzf", archive.toString(), "--quoting-style=literal")
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }
}
