package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBackTest {
    private static final int CHUNK = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 4096})
    void holdsWhatIsEqualAndNothingElse(int length) throws Exception {
        byte[] bytes = bytes(length);
        assertThat(holds(bytes, bytes)).isTrue();
        assertThat(holds(Arrays.copyOf(bytes, length + 1), bytes))
                .as("one more")
                .isFalse();
        assertThat(holds(Arrays.copyOf(bytes, length + 4096), bytes))
                .as("a block more")
                .isFalse();
        if (length > 0) {
            assertThat(holds(Arrays.copyOf(bytes, length - 1), bytes))
                    .as("one less")
                    .isFalse();
            byte[] last = bytes.clone();
            last[length - 1] ^= 1;
            assertThat(holds(last, bytes)).as("another last one").isFalse();
        }
    }

    @Test
    void doesNotHoldWhatItsContentGivesNotASecondTime() throws Exception {
        byte[] bytes = bytes(CHUNK + 5);
        Path file = Files.write(folder.resolve("file"), bytes);
        assertThat(readBack().holds(file, new ByteArrayInputStream(bytes, 0, CHUNK), bytes.length))
                .isFalse();
    }

    private boolean holds(byte[] there, byte[] expected) throws Exception {
        Path file = Files.write(folder.resolve("file"), there);
        return readBack().holds(file, new ByteArrayInputStream(expected), expected.length);
    }

    private ReadBack readBack() throws Exception {
        Medium medium = new MediumCheck(Mounts.ofThisSystem(), true).accept(folder.toString(), List.of());
        return new ReadBack(medium, new StopCheck(new Cancellation(), new Cancellation()));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
