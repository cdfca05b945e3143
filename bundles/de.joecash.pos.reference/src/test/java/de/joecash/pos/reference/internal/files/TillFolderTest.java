package de.joecash.pos.reference.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.reference.internal.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillFolderTest {
    @TempDir
    private Path directory;

    @Test
    void fillsAFolderThatIsNotThereAndLeavesOneThatIs() throws IOException {
        TillFolder folder = new TillFolder(new DataDirectory(directory));
        Path receipt = folder.path().resolve("receipts/000001.svg");

        assertThat(folder.name()).isEqualTo("files");
        assertThat(folder.path()).isEqualTo(directory.resolve("files"));
        assertThat(receipt).content().contains("Beleg 1<");
        Files.delete(receipt);
        new TillFolder(new DataDirectory(directory));
        assertThat(receipt).doesNotExist();
    }
}
