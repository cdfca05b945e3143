package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedFilesTest {
    private static final String BACKUP = "kasse1-2026-03-01T210000-000007";
    private static final List<String> ENDINGS = List.of(".sql.gz", ".files.tar.gz", ".json");

    @TempDir
    private Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final List<String> synced = new ArrayList<>();
    private Path into;
    private FetchedFiles files;

    @BeforeEach
    void fetch() throws Exception {
        into = Files.createDirectory(temp.resolve("into"));
        files = new FetchedFiles(into, path -> {
            assertThat(path).exists();
            synced.add(into.relativize(path).toString());
        });
        Files.createDirectories(files.backups());
        for (String ending : ENDINGS) {
            Files.writeString(files.backups().resolve(BACKUP + ending), content(ending));
        }
        Files.writeString(files.backups().resolve(BACKUP + ".state.json"), "{}");
    }

    private static String content(String ending) {
        return ending.equals(".json") ? "{\"source\": {\"kind\": \"mariadb\"}}" : "of " + ending;
    }

    private List<String> there() throws IOException {
        try (Stream<Path> all = Files.list(into)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void puttingDownLeavesAllOfABackupAndNothingElse() throws Exception {
        files.publish(said);
        files.remove();

        assertThat(there())
                .containsExactlyInAnyOrderElementsOf(
                        ENDINGS.stream().map(ending -> BACKUP + ending).toList());
        for (String ending : ENDINGS) {
            assertThat(into.resolve(BACKUP + ending)).hasContent(content(ending));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(into.resolve(BACKUP + ".json").toString(), "mariadb");
    }

    /** The manifest last: without it there is no backup. */
    @Test
    void everyNewNameIsSyncedAndAtTheEndTheDirectory() throws Exception {
        files.publish(said);

        assertThat(synced).containsExactly(BACKUP + ".sql.gz", BACKUP + ".files.tar.gz", BACKUP + ".json", "");
    }

    /** Whichever of its files has the name of another: none is put down. */
    @Test
    void nothingIsPutDownWhereSomethingElseHasAName() throws Exception {
        for (String ending : ENDINGS) {
            Path others = Files.writeString(into.resolve(BACKUP + ending), "somebody else's");

            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> files.publish(said))
                    .withMessageContaining(others.toString());

            assertThat(others).hasContent("somebody else's");
            assertThat(there())
                    .containsExactlyInAnyOrder(files.work().getFileName().toString(), BACKUP + ending);
            Files.delete(others);
        }
        assertThat(out.size()).isZero();
        assertThat(synced).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsLeftAndTheRestPutBesideIt() throws Exception {
        Files.writeString(into.resolve(BACKUP + ".sql.gz"), content(".sql.gz"));

        files.publish(said);
        files.remove();

        assertThat(there()).hasSize(ENDINGS.size());
    }

    @Test
    void removesWhatARunThatWasKilledHasOpened() throws Exception {
        try (DataDirectory data = DataDirectory.open(files.work(), "fetch")) {
            files.clear(data);
        }

        assertThat(files.backups()).doesNotExist();
    }
}
