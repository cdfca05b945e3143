package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.BytesContent;
import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media that are really mounted, by the root user, as file systems of 8 MB in memory. */
class MountedMediumTest {
    private static final String NAME = "a.gz";

    private final FolderProvider provider = new FolderProvider(new MediumCheck(Mounts.ofThisSystem(), false));

    @TempDir
    private Path temp;

    private Path medium;

    @BeforeEach
    void mount() throws Exception {
        medium = Files.createDirectory(temp.resolve("usb ä 0"));
        Needed.on(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "joecash-test", medium.toString()),
                "the right to mount (root)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", medium.toString());
    }

    @Test
    void isAcceptedAndOffTheServer() throws Exception {
        try (Destination destination = connect()) {
            assertThat(destination.capabilities().offServer()).isTrue();
            destination.put(NAME, new BytesContent(new byte[5_000_000]), count -> {});
        }
        assertThat(medium.resolve(NAME)).hasSize(5_000_000);
    }

    @Test
    void isRefusedWriteProtected() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", medium.toString())).isTrue();

        assertThat(problem(new BytesContent(new byte[10])))
                .isEqualTo(new Problem.MediumRefused(medium.toString(), Problem.MediumRefused.Reason.READ_ONLY));
    }

    @Test
    void isRefusedWhereItIsTooSmallEvenEmpty() throws Exception {
        assertThat(problem(new BytesContent(new byte[9_000_000])))
                .isEqualTo(new Problem.MediumRefused(medium.toString(), Problem.MediumRefused.Reason.TOO_SMALL));
        assertThat(medium).isEmptyDirectory();
    }

    @Test
    void isRefusedWhereItHasNoRoomForAName() throws Exception {
        assertThat(run("mount", "-o", "remount,nr_inodes=2", medium.toString())).isTrue();
        Files.writeString(medium.resolve("other"), "x");
        fill(medium.resolve("other"));

        assertThat(problem(new BytesContent(new byte[10]))).isInstanceOf(Problem.NoSpace.class);
    }

    @Test
    void isReadWriteProtected() throws Exception {
        try (Destination destination = connect()) {
            destination.put(NAME, new BytesContent(new byte[] {1, 2, 3}), count -> {});
        }
        assertThat(run("mount", "-o", "remount,ro", medium.toString())).isTrue();

        try (Destination destination = connect();
                InputStream in = destination.open(NAME)) {
            assertThat(in).hasBinaryContent(new byte[] {1, 2, 3});
        }
    }

    @Test
    void isRefusedOnceTakenOff() throws Exception {
        assertThat(run("umount", medium.toString())).isTrue();

        assertThat(problem(new BytesContent(new byte[10])))
                .isEqualTo(new Problem.MediumRefused(medium.toString(), Problem.MediumRefused.Reason.NOT_MOUNTED));
    }

    @Test
    void leavesNothingOnTheServersDiskWhenTakenOffInTheMiddle() throws Exception {
        BytesContent content =
                new BytesContent(new byte[5_000_000]).at(1_000_000, () -> run("umount", "-l", medium.toString()));

        assertThat(problem(content)).isInstanceOf(Problem.MediumFailed.class);
        assertThat(medium).isEmptyDirectory();
    }

    @Test
    void leavesNothingWhenItFillsUpInTheMiddle() throws Exception {
        Path other = medium.resolve("other");
        BytesContent content = new BytesContent(new byte[5_000_000]).at(1_000_000, () -> fill(other));

        assertThat(problem(content)).isInstanceOf(Problem.NoSpace.class);
        assertThat(medium).isDirectoryNotContaining(file -> !file.equals(other));
    }

    /** As far as there is room. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[100_000]);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            assertThat(file).isNotEmptyFile();
        }
    }

    private Destination connect() throws BackupException {
        return provider.connect(medium.toString(), List.of(), new Cancellation());
    }

    private Problem problem(BytesContent content) throws IOException {
        try (Destination destination = connect()) {
            destination.put(NAME, content, count -> {});
        } catch (BackupException e) {
            return e.problem();
        }
        throw new AssertionError("It was published");
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
