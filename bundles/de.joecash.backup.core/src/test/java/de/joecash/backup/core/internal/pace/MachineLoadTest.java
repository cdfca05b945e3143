package de.joecash.backup.core.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineLoadTest {
    @TempDir
    private Path directory;

    private void stat(String line) throws IOException {
        Files.writeString(directory.resolve("stat"), line + "\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n");
    }

    private MachineLoad load() {
        return new MachineLoad(directory.resolve("stat"));
    }

    @Test
    void countsEverythingButIdlenessAndWaitingForTheDisk() throws IOException {
        MachineLoad load = load();
        stat("cpu  1000 100 500 5000 300 20 30 50 0 0");
        assertThat(load.getAsDouble()).isNaN();

        stat("cpu  1010 110 510 5020 310 25 35 60 0 0");

        assertThat(load.getAsDouble()).isCloseTo(50 / 80.0, within(1e-9));
    }

    @Test
    void saysThatItDoesNotKnowWhereNoTimeHasPassed() throws IOException {
        MachineLoad load = load();
        stat("cpu  1000 100 500 5000 300 20 30 50 0 0");
        load.getAsDouble();

        assertThat(load.getAsDouble()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cpu", "cpu  1 2 3", "cpu  a b c d e f g h", "intr 1 2 3 4 5 6 7 8 9"})
    void saysThatItDoesNotKnowWhatItCannotRead(String line) throws IOException {
        MachineLoad load = load();
        assertThat(load.getAsDouble()).isNaN();
        stat(line);

        assertThat(load.getAsDouble()).isNaN();
        assertThat(load.getAsDouble()).isNaN();
    }
}
