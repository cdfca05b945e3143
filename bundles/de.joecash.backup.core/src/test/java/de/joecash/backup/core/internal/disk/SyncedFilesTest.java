package de.joecash.backup.core.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SyncedFilesTest {
    @Test
    void replacesAFileThatIsNamedWithoutItsDirectory() throws IOException {
        Path file = Path.of(UUID.randomUUID() + ".tmp");
        try {
            SyncedFiles.replace(file, "one".getBytes(StandardCharsets.UTF_8));
            SyncedFiles.replace(file, "two".getBytes(StandardCharsets.UTF_8));

            assertThat(file).hasContent("two");
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
