package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.DestinationContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest extends DestinationContract {
    private final FolderProvider provider = new FolderProvider(new MediumCheck(Mounts.ofThisSystem(), true));
    private final Cancellation cancellation = new Cancellation();

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
        return List.of("", " ", "media/usb0", "..", folder + "\n", folder + "\0", folder + "/missing", "/proc/version");
    }

    @Override
    protected void place(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    @Override
    protected Set<String> present() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void isReadableByItsOwnerAlone() throws Exception {
        put("a.gz", new BytesContent(new byte[10]));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.gz"))))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotWriteThroughALinkInThePartsPlace() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(folder.resolve("a.gz.part"), elsewhere);

        put("a.gz", new BytesContent(new byte[10]));

        assertThat(elsewhere).hasContent("mine");
        assertThat(folder.resolve("a.gz")).isRegularFile().hasSize(10);
    }

    @Test
    void takesALinkForATakenNameAndNeverForAFile() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve(".elsewhere"), "mine");
        Files.createSymbolicLink(folder.resolve("a.gz"), elsewhere);
        Files.createSymbolicLink(folder.resolve("dangling.gz"), folder.resolve("nowhere"));
        Files.createDirectory(folder.resolve("directory.gz"));

        for (String name : List.of("a.gz", "dangling.gz", "directory.gz")) {
            assertThat(problemOfPut(name, new BytesContent(new byte[10])))
                    .isEqualTo(new Problem.NameTaken("medium", name));
        }
        try (Destination destination = connect()) {
            assertThat(destination.list()).isEmpty();
            assertThat(destination.stat("a.gz")).isEmpty();
            destination.delete("a.gz");
        }
        assertThat(elsewhere).hasContent("mine");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void refusesBeforeTheFirstByteWhatHasNoRoom() throws Exception {
        long tooMuch = 1L << 60;

        assertThat(problemOfPut("a.gz", new BytesContent(new byte[10]).saying(tooMuch)))
                .isInstanceOfSatisfying(Problem.MediumRefused.class, problem -> assertThat(problem.reason())
                        .isEqualTo(Problem.MediumRefused.Reason.TOO_SMALL));
        assertThat(present()).isEmpty();
    }

    @Test
    void removesACopyThatReadsBackDifferent() throws Exception {
        // The part is overwritten behind the destination's back while it is being written.
        Path part = folder.resolve("a.gz.part");
        BytesContent content = new BytesContent(new byte[2_000_000]).at(1_000_000, () -> {
            if (Files.exists(part)) {
                Files.write(part, "rot".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
            }
        });

        assertThat(problemOfPut("a.gz", content)).isInstanceOf(Problem.CopyDiffers.class);
        assertThat(present()).isEmpty();
    }

    @Test
    void noticesThatAnotherFolderStandsInItsPlace() throws Exception {
        Path medium = Files.createDirectory(folder.resolve("usb0"));
        try (Destination destination = provider.connect(medium.toString(), List.of(), cancellation)) {
            Files.delete(medium);
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(destination::list)
                    .satisfies(e -> assertThat(e.problem())
                            .isEqualTo(new Problem.MediumRefused(
                                    medium.toString(), Problem.MediumRefused.Reason.MISSING)));

            // Made before the old one's number can be given away again.
            Files.createDirectory(folder.resolve("takes-the-number"));
            Files.createDirectory(medium);
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put("a.gz", new BytesContent(new byte[10]), count -> {}))
                    .satisfies(e -> assertThat(e.problem())
                            .isEqualTo(new Problem.MediumRefused(
                                    medium.toString(), Problem.MediumRefused.Reason.NOT_MOUNTED)));
        }
        assertThat(medium).isEmptyDirectory();
    }

    @Test
    void stopsWhenThePluginIsStopped() throws Exception {
        assertThat(problemOfPut("a.gz", new BytesContent(new byte[2_000_000]).at(1_000_000, provider::stop)))
                .isEqualTo(new Problem.Stopping());
        assertThat(present()).isEmpty();
    }

    @Test
    void provesByContentAndIsNotOffTheServerOnItsOwnDisk() throws Exception {
        try (Destination destination = connect()) {
            assertThat(destination.capabilities())
                    .isEqualTo(
                            new Destination.Capabilities(false, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, false, true));
        }
    }

    private Destination connect() throws BackupException {
        return provider.connect(directory(), List.of(), cancellation);
    }

    private void put(String name, BytesContent content) throws BackupException, IOException {
        try (Destination destination = connect()) {
            destination.put(name, content, count -> {});
        }
    }

    private Problem problemOfPut(String name, BytesContent content) throws IOException {
        try {
            put(name, content);
        } catch (BackupException e) {
            return e.problem();
        }
        throw new AssertionError("It was published: " + name);
    }
}
