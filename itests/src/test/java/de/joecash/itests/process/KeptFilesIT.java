package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till's files go wherever its database goes, and come back with it. */
class KeptFilesIT {
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
            assertThat(data.resolve("demo/data-centre").resolve(id + ".files.tar.gz"))
                    .hasSameBinaryContentAs(host.backups().resolve(id + ".files.tar.gz"));
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
