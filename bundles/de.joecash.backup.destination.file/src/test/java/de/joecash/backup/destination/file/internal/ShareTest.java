package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files here are long and hold nothing: a share of any disk is reached by them. */
class ShareTest {
    private static final String BACKUP = "till-2026-11-22T070000-000042";

    @TempDir
    private Path stick;

    @Test
    void isReachedByAllThatBackupsTake() throws Exception {
        long half = stick.toFile().getTotalSpace() / 100 * 50;
        place("holiday.mp4", half);
        require(new Share(50), half);

        place(BACKUP + ".sql.gz.001", half / 2);
        place(BACKUP + ".files.tar.gz", half / 4);
        require(new Share(50), half - half / 2 - half / 4);
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> require(new Share(50), half - half / 2 - half / 4 + 1))
                .satisfies(e -> assertThat(e.problem())
                        .isEqualTo(new Problem.NoSpace(
                                stick.toString(), half - half / 2 - half / 4 + 1, half - half / 2 - half / 4)));
        assertThatCode(() -> require(Share.ALL, half)).doesNotThrowAnyException();
    }

    @Test
    void isNotHeldByWhatACutLeft() throws Exception {
        long half = stick.toFile().getTotalSpace() / 100 * 50;
        place(BACKUP + ".sql.gz.part", half);

        require(new Share(50), half);

        assertThat(stick.toFile().list()).isEmpty();
    }

    @Test
    void isAskedBeforeAnythingIsWritten() throws Exception {
        long total = stick.toFile().getTotalSpace();
        place(BACKUP + ".sql.gz", total / 50);
        long over = total / 50 - total / 100;
        FolderProvider provider =
                new FolderProvider(new MediumCheck(Mounts.ofThisSystem(), true), new VolumeSize(0), new Share(1));
        try (Destination destination = provider.connect(stick.toString(), List.of(), new Cancellation())) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put("a.gz", new BytesContent(new byte[1]), count -> {}))
                    .satisfies(e -> assertThat(e.problem())
                            .as("with what is taken beyond it")
                            .isEqualTo(new Problem.NoSpace(stick.toString(), 1 + over, 0)));
        }
        assertThat(stick.toFile().list()).containsExactly(BACKUP + ".sql.gz");
    }

    @Test
    void isSomeOfIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(101));
    }

    private void require(Share share, long needed) throws BackupException {
        share.require(new Medium(stick.toString(), stick, Optional.empty(), Optional.empty(), true), needed);
    }

    private void place(String name, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(stick.resolve(name).toFile(), "rw")) {
            file.setLength(length);
        }
    }
}
