package de.joecash.backup.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.KeptFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two folders that are replaced, and power cuts on the way. */
class ReplacementsTest {
    @TempDir
    private Path directory;

    private Path journal;
    private Path one;
    private Path two;

    @BeforeEach
    void fill() throws IOException {
        journal = directory.resolve("journal.json");
        one = folder("one", "old");
        two = folder("two", "old");
    }

    @Test
    void replacesAndKeepsTheOldOnes() throws Exception {
        Replacements replacements = begin("kasse1-2026-11-22T123000-000001");
        replacements.decide();

        replacements.perform();

        assertThat(all())
                .containsExactly(
                        "one: new",
                        "one.before-restore-kasse1-2026-11-22T123000-000001: old",
                        "two: new",
                        "two.before-restore-kasse1-2026-11-22T123000-000001: old");
    }

    @Test
    void keepsOneGeneration() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Replacements replacements = begin("b" + i / 2);
            replacements.decide();
            replacements.perform();
        }

        assertThat(all())
                .containsExactly("one: new", "one.before-restore-b1: new", "two: new", "two.before-restore-b1: new");
    }

    @Test
    void undoesWhatWasNotDecided() throws Exception {
        begin("b");

        Replacements.recover(journal);

        assertThat(all()).containsExactly("one: old", "two: old");
    }

    @Test
    void discardsWhatWasNotDecidedAndNothingElse() throws Exception {
        Replacements first = begin("b");
        first.discard();
        assertThat(all()).containsExactly("one: old", "two: old");

        Replacements second = begin("b");
        second.decide();
        second.discard();
        second.perform();
        assertThat(all()).contains("one: new", "two: new");
    }

    /** After the decision, and after each of the four renames; with a host that makes its folder at its start. */
    @Test
    void finishesWhatWasDecidedWhereverItWasCutOff() throws Exception {
        for (int renames = 0; renames <= 4; renames++) {
            for (boolean made : List.of(false, true)) {
                UnpackedTree.remove(one);
                UnpackedTree.remove(two);
                fill();
                begin("b").decide();
                cutOff(renames);
                if (made && Files.notExists(one)) {
                    Files.createDirectory(one);
                }

                Replacements.recover(journal);
                Replacements.recover(journal);

                assertThat(all()).as(renames + " renames").contains("one: new", "two: new");
                assertThat(Files.readString(directory.resolve("one.before-restore-b/it")))
                        .isEqualTo("old");
                assertThat(Files.readString(directory.resolve("two.before-restore-b/it")))
                        .isEqualTo("old");
                assertThat(journal).doesNotExist();
                try (Stream<Path> left = Files.list(directory)) {
                    for (Path aside : left.filter(path -> path.toString().contains("before"))
                            .toList()) {
                        UnpackedTree.remove(aside);
                    }
                }
            }
        }
    }

    private void cutOff(int renames) throws IOException {
        List<Path[]> moves = List.of(
                new Path[] {one, directory.resolve("one.before-restore-b")},
                new Path[] {directory.resolve(".one.restore-b"), one},
                new Path[] {two, directory.resolve("two.before-restore-b")},
                new Path[] {directory.resolve(".two.restore-b"), two});
        for (Path[] move : moves.subList(0, renames)) {
            Files.move(move[0], move[1]);
        }
    }

    @Test
    void createsAFolderThatIsNotThere() throws Exception {
        UnpackedTree.remove(one);
        Replacements replacements = begin("b");
        replacements.decide();

        replacements.perform();

        assertThat(all()).containsExactly("one: new", "two: new", "two.before-restore-b: old");
    }

    @Test
    void refusesAFolderThatIsAFileSystemOfItsOwn() {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() ->
                        Replacements.begin(journal, List.of(new KeptFolders.Folder("proc", Path.of("/proc"))), "b"))
                .satisfies(
                        e -> assertThat(e.problem()).isEqualTo(new Problem.FilesNotUnpacked("/proc", "mount-point")));
        assertThat(journal).doesNotExist();
    }

    @Test
    void leavesAJournalThatItCannotReadAlone() throws IOException {
        Files.writeString(journal, "{");

        Replacements.recover(journal);

        assertThat(journal).exists();
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> begin("b"));
    }

    private Replacements begin(String backup) throws BackupException, IOException {
        Replacements replacements = Replacements.begin(
                journal, List.of(new KeptFolders.Folder("one", one), new KeptFolders.Folder("two", two)), backup);
        assertThat(journal).exists();
        for (Path unpacked : replacements.roots().values()) {
            Files.createDirectory(unpacked);
            Files.writeString(unpacked.resolve("it"), "new");
        }
        return replacements;
    }

    private Path folder(String name, String content) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        Files.writeString(folder.resolve("it"), content);
        return folder;
    }

    private Stream<String> all() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().map(path -> path.getFileName() + ": " + read(path.resolve("it"))).toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "?";
        }
    }
}
