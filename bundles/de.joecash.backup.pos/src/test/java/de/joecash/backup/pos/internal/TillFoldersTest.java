package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.KeptFolders;
import de.joecash.pos.files.KeptFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TillFoldersTest {
    @Test
    void namesWhatTheTillNames() {
        KeptFolder exports = new KeptFolder() {
            @Override
            public String name() {
                return "exports";
            }

            @Override
            public Path path() {
                return Path.of("/var/lib/till/exports");
            }
        };

        assertThat(new TillFolders(List.of(exports)).folders())
                .containsExactly(new KeptFolders.Folder("exports", Path.of("/var/lib/till/exports")));
        assertThat(new TillFolders().folders()).isEmpty();
    }
}
