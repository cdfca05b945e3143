package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup folder that is not what it should be. */
class BadFolderTest {
    private final InMemorySource source = new InMemorySource("kasse1");

    @TempDir
    private Path directory;

    private Path folder;
    private Shop shop;

    @BeforeEach
    void open() {
        source.rows(20_000);
        folder = directory.resolve("backups");
        shop = new Shop(folder, source);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void saysThatTheFolderIsInUseAndOpensItOnceItIsNot() {
        Backup backup = shop.backup();
        try (Shop second = new Shop(folder, source)) {
            Problem inUse = new Problem.FolderUnusable(folder.toString(), "in-use");
            assertThat(second.core().status().obstacle()).contains(inUse);
            assertThat(second.fails(second.core().create(CreateRequest.manual("test"))))
                    .isEqualTo(inUse);
            assertThat(second.fails(second.core().verify(backup.id()))).isEqualTo(inUse);
            assertThat(second.fails(second.core().restore(backup.id(), Optional.empty())))
                    .isEqualTo(inUse);
            assertThat(second.fails(second.core().send(Optional.empty()))).isEqualTo(inUse);
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> second.core().listAt(new Place("data-centre", "")));
            assertThat(second.core().open()).isFalse();
            assertThat(shop.backup().good()).isTrue();

            shop.close();

            assertThat(second.core().open()).isTrue();
            assertThat(second.core().status().obstacle()).isEmpty();
            assertThat(second.core().list()).hasSize(2);
            assertThat(second.backup().good()).isTrue();
        }
    }

    @Test
    void opensNothingAfterItsEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Shop closed = new Shop(file, source);
        closed.close();
        Files.delete(file);

        assertThat(closed.core().open()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void saysInBothLanguagesThatAFileIsNoFolder() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        try (Shop bad = new Shop(file, source)) {
            Problem problem = bad.core().status().obstacle().orElseThrow();
            assertThat(problem.cause(Locale.GERMAN))
                    .isEqualTo("Der Sicherungsordner " + file + " ist nicht benutzbar: das ist kein Ordner.");
            assertThat(problem.cause(Locale.ENGLISH)).endsWith(": this is not a folder.");
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void saysThatTheFolderIsGoneAndMakesNoOtherInItsPlace() throws IOException {
        Backup backup = shop.backup();
        Path away = Files.move(folder, directory.resolve("away"));

        Problem gone = new Problem.FolderUnusable(folder.toString(), "missing");
        assertThat(shop.core().status().obstacle()).contains(gone);
        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test")))).isEqualTo(gone);
        assertThat(folder).doesNotExist();

        Files.move(away, folder);
        assertThat(shop.core().status().obstacle()).isEmpty();
        assertThat(shop.core().find(backup.id()).orElseThrow().good()).isTrue();
        assertThat(shop.backup().good()).isTrue();
    }

    @Test
    void saysThatTheFolderCannotBeUsedWhereTheArchiveCannotBeWritten() throws IOException {
        Path inTheWay = folder.resolve("kasse1-2026-11-22T123000-000001.sql.gz.part");
        Files.createDirectories(inTheWay.resolve("full"));

        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test"))))
                .isInstanceOf(Problem.FolderUnusable.class);
    }

    @Test
    void verifiesAndRestoresThoughNothingCanBeWrittenDown() throws IOException {
        Backup backup = shop.backup();
        blockState(backup);

        shop.succeeds(shop.core().verify(backup.id()));
        shop.succeeds(shop.core().restore(backup.id(), Optional.of("copy")));
        assertThat(shop.files()).noneMatch(file -> file.endsWith(".part"));
    }

    @Test
    void sendsThoughNothingCanBeWrittenDown() throws IOException {
        Backup backup = shop.backup();
        blockState(backup);
        Files.delete(folder.resolve("queue"));
        InMemoryDestination medium = new InMemoryDestination("medium");
        shop.core().ports().destinations().add(1, medium);
        shop.core().ports().routes().add(1, new ToMedium());

        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(medium.files("").keySet())
                .containsExactlyInAnyOrder(
                        backup.manifest().archiveName(), backup.manifest().manifestName());
        assertThat(shop.core().transfers()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAManifest() throws IOException {
        Backup backup = shop.backup();
        Path manifest = folder.resolve(backup.manifest().manifestName());
        String text = Files.readString(manifest);
        shop.close();

        Files.writeString(manifest, text.replace("\"format\": 4", "\"format\": 5"));
        assertThat(refusal(backup.id())).isEqualTo(unreadable(backup, "format 5, known up to 4"));
        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertThat(refusal(backup.id())).isEqualTo(unreadable(backup, "not a manifest"));
        Files.delete(manifest);
        assertThat(refusal(backup.id())).isInstanceOf(Problem.ManifestUnreadable.class);
        Files.delete(shop.archive(backup));
        assertThat(refusal(backup.id()))
                .isEqualTo(new Problem.UnknownBackup(backup.id().value()));
    }

    private Problem refusal(BackupId id) {
        try (Shop again = new Shop(folder, source)) {
            return again.fails(again.core().verify(id));
        }
    }

    private static Problem unreadable(Backup backup, String detail) {
        return new Problem.ManifestUnreadable(backup.manifest().manifestName(), detail);
    }

    @Test
    void leavesWhatIsNotOursAloneAndStartsAllTheSame() throws IOException {
        Backup backup = shop.backup();
        shop.close();
        Path download = Files.writeString(folder.resolve("film.mp4.part"), "half");
        Path strange = Files.createDirectories(folder.resolve("photos.part/2026"));
        Path inQueue = Files.createDirectories(folder.resolve("queue/photos.json/2026"));
        Path noteInQueue = Files.writeString(folder.resolve("queue/note.txt"), "note");
        blockState(backup);

        shop = new Shop(folder, source);

        assertThat(shop.core().list()).hasSize(1);
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(shop.backup().good()).isTrue();
        assertThat(download).exists();
        assertThat(strange).exists();
        assertThat(inQueue).exists();
        assertThat(noteInQueue).exists();
    }

    /** Puts something in the way of the file that says what changed about a backup. */
    private void blockState(Backup backup) throws IOException {
        Files.createDirectories(folder.resolve(backup.id() + ".state.json").resolve("full"));
    }

    private record ToMedium() implements TransferRoute {
        @Override
        public String destination() {
            return "medium";
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return Optional.of("");
        }
    }
}
