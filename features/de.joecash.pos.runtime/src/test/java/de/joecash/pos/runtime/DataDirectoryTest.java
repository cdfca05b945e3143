package de.joecash.pos.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path temp;

    @Test
    void aNewOneIsForItsOwnerOnly() throws Exception {
        Path root = temp.resolve("a/b");

        try (DataDirectory data = DataDirectory.open(root)) {
            assertThat(permissions(data.root())).isEqualTo("rwx------");
            assertThat(data.log()).isDirectory();
        }
    }

    @Test
    void anEmptyOneIsClosedToOthers() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory data = DataDirectory.open(temp)) {
            assertThat(permissions(data.root())).isEqualTo("rwx------");
        }
    }

    @Test
    void oneWithForeignFilesKeepsItsPermissions() throws Exception {
        Files.writeString(temp.resolve("letter.txt"), "Dear");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory data = DataDirectory.open(temp)) {
            assertThat(permissions(data.root())).isEqualTo("rwxr-xr-x");
            assertThat(permissions(data.framework())).isEqualTo("rwx------");
            assertThat(permissions(data.log())).isEqualTo("rwx------");
        }
    }

    @Test
    void oneInUseIsRefusedAndCanBeHadAfterwards() throws Exception {
        try (DataDirectory held = DataDirectory.open(temp)) {
            assertThatThrownBy(() -> DataDirectory.open(held.root()))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(temp.toString());
        }

        try (DataDirectory again = DataDirectory.open(temp)) {
            assertThat(again.root()).isEqualTo(temp);
        }
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file.toString());
        assertThat(file).isEmptyFile();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
