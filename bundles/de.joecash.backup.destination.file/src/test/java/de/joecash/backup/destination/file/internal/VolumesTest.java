package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DestinationContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and more, where all but small files go in volumes. */
class VolumesTest extends DestinationContract {
    private static final int VOLUME = 4_500_000;
    private static final String NAME = "a.sql.gz";
    private static final byte[] BYTES = bytes(2 * VOLUME + 1);

    private final FolderProvider provider =
            new FolderProvider(new MediumCheck(Mounts.ofThisSystem(), true), new VolumeSize(VOLUME), Share.ALL);

    @TempDir
    private Path folder;

    @Override
    protected DestinationProvider provider() {
        return provider;
    }

    @Override
    protected String directory() {
        return folder.toString();
    }

    @Override
    protected List<String> hostileDirectories() {
        return List.of("media/usb0");
    }

    @Override
    protected void place(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    /** What lies in volumes by the file's name, where its list is there. */
    @Override
    protected Set<String> present() throws IOException {
        Set<String> names = files();
        return names.stream()
                .map(name -> name.replaceAll("\\.sha256$", ""))
                .filter(name -> !name.matches(".*\\.[0-9]{3}")
                        || !names.contains(name.substring(0, name.length() - 4) + ".sha256"))
                .collect(Collectors.toSet());
    }

    @Test
    void areWhatTheUsualToolsCheckAndJoin() throws Exception {
        put(BYTES);

        assertThat(files())
                .containsExactlyInAnyOrder("a.sql.gz.001", "a.sql.gz.002", "a.sql.gz.003", "a.sql.gz.sha256");
        assertThat(folder.resolve("a.sql.gz.001")).hasSize(VOLUME);
        assertThat(folder.resolve("a.sql.gz.003")).hasSize(1);
        assertThat(shell("sha256sum --strict -c a.sql.gz.sha256 && cat a.sql.gz.[0-9]?? > a.sql.gz"))
                .as("what they say")
                .contains("a.sql.gz.003: OK");
        assertThat(folder.resolve(NAME)).hasBinaryContent(BYTES);
    }

    @Test
    void areTakenAsWellAsTheFileThatTheyWereJoinedTo() throws Exception {
        put(BYTES);
        shell("cat a.sql.gz.[0-9]?? > a.sql.gz");
        assertIsThere();

        shell("rm a.sql.gz.*");
        assertIsThere();
    }

    @Test
    void areNothingWhereOneIsMissingOrTheList() throws Exception {
        put(BYTES);
        for (String lost : List.of("a.sql.gz.002", "a.sql.gz.sha256")) {
            Path file = folder.resolve(lost);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            try (Destination stick = connect()) {
                assertThat(stick.stat(NAME)).as(lost).isEmpty();
                assertThat(stick.list()).as(lost).noneMatch(one -> one.name().equals(NAME));
                assertThatExceptionOfType(BackupException.class)
                        .isThrownBy(() -> stick.open(NAME))
                        .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.UnknownBackup(NAME)));
            }
            Files.write(file, bytes);
        }
        assertIsThere();
    }

    @Test
    void areNotWhatSomebodyElsesListNames() throws Exception {
        for (String list : List.of("", "0123  x.gz.001\n", "a".repeat(64) + "  x.gz\n", "# nothing\n", "\0\n")) {
            place("x.gz.sha256", list.getBytes(StandardCharsets.US_ASCII));
            place("x.gz.001", BYTES);

            try (Destination stick = connect()) {
                assertThat(stick.stat("x.gz")).as(list).isEmpty();
                assertThat(stick.list())
                        .extracting(Destination.StoredFile::name)
                        .contains("x.gz.sha256", "x.gz.001");
            }
        }
    }

    @Test
    void doNotLeadOutOfTheFolder() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve(".elsewhere"), "mine");
        Files.createSymbolicLink(folder.resolve("x.gz.001"), elsewhere);
        place("x.gz.sha256", ("a".repeat(64) + "  x.gz.001\n").getBytes(StandardCharsets.US_ASCII));

        try (Destination stick = connect()) {
            assertThat(stick.stat("x.gz")).isEmpty();
            stick.delete("x.gz");
        }
        assertThat(elsewhere).hasContent("mine");
    }

    @Test
    void goAllTogether() throws Exception {
        put(BYTES);

        try (Destination stick = connect()) {
            stick.delete(NAME);
        }

        assertThat(files()).isEmpty();
    }

    /** In the middle of a removal, or between two renames. */
    @Test
    void giveWayWhereACutHasLeftThemWithoutAList() throws Exception {
        put(BYTES);
        Files.delete(folder.resolve("a.sql.gz.sha256"));
        Files.delete(folder.resolve("a.sql.gz.003"));

        put(bytes(3 * VOLUME));

        try (Destination stick = connect();
                InputStream in = stick.open(NAME)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes(3 * VOLUME));
        }
    }

    @Test
    void doNotOverwriteAFileInOnePieceNorTheOtherWayRound() throws Exception {
        place(NAME, new byte[] {1});
        assertThat(problemOfPut(provider, BYTES)).isEqualTo(new Problem.NameTaken("medium", NAME));
        assertThat(files()).containsExactly(NAME);

        Files.delete(folder.resolve(NAME));
        put(BYTES);
        assertThat(problemOfPut(new FolderProvider(new MediumCheck(Mounts.ofThisSystem(), true)), BYTES))
                .isEqualTo(new Problem.NameTaken("medium", NAME));
        assertIsThere();
    }

    @Test
    void leaveAloneOnFatWhatACutHasLeft() throws Exception {
        Path stick = Files.createDirectory(folder.toRealPath().resolve("usb"));
        Path cutOff = Files.writeString(stick.resolve("a.sql.gz.002.part"), "cut off");
        Path mountinfo = Files.write(
                folder.resolve("mountinfo"),
                List.of("1 0 8:1 / / rw - ext4 /dev/sda1 rw", "2 1 8:17 / " + stick + " rw - vfat /dev/sdb1 rw"));
        FolderProvider fat =
                new FolderProvider(new MediumCheck(new Mounts(mountinfo), false), new VolumeSize(VOLUME), Share.ALL);

        try (Destination destination = fat.connect(stick.toString(), List.of(), new Cancellation())) {
            destination.put(NAME, new BytesContent(BYTES), count -> {});

            assertThat(destination.list()).containsExactly(new Destination.StoredFile(NAME, BYTES.length));
        }
        assertThat(cutOff).hasContent("cut off");
    }

    private void assertIsThere() throws Exception {
        try (Destination stick = connect();
                InputStream in = stick.open(NAME)) {
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
            assertThat(stick.stat(NAME)).contains(new Destination.StoredFile(NAME, BYTES.length));
            assertThat(stick.list()).containsExactly(new Destination.StoredFile(NAME, BYTES.length));
        }
    }

    private void put(byte[] bytes) throws BackupException, IOException {
        try (Destination stick = connect()) {
            stick.put(NAME, new BytesContent(bytes), count -> {});
        }
    }

    private Problem problemOfPut(FolderProvider through, byte[] bytes) throws IOException {
        try (Destination stick = through.connect(directory(), List.of(), new Cancellation())) {
            stick.put(NAME, new BytesContent(bytes), count -> {});
        } catch (BackupException e) {
            return e.problem();
        }
        throw new AssertionError("It was published");
    }

    private Destination connect() throws BackupException {
        return provider.connect(directory(), List.of(), new Cancellation());
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private String shell(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
