package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOversTest {
    @TempDir
    private Path temp;

    @Test
    void onFatAreNotTouchedByTheNextAttempt() throws Exception {
        Path stick = Files.createDirectory(temp.toRealPath().resolve("usb"));
        Path cutOff = Files.writeString(stick.resolve("a.gz.part"), "cut off");
        Path again = Files.writeString(stick.resolve("a.gz.2.part"), "cut off again");
        Path mountinfo = Files.write(
                temp.resolve("mountinfo"),
                List.of("1 0 8:1 / / rw - ext4 /dev/sda1 rw", "2 1 8:17 / " + stick + " rw - vfat /dev/sdb1 rw"));

        FolderProvider provider = new FolderProvider(new MediumCheck(new Mounts(mountinfo), false));
        try (Destination destination = provider.connect(stick.toString(), List.of(), new Cancellation())) {
            destination.put("a.gz", new BytesContent(new byte[10]), count -> {});

            assertThat(destination.list()).containsExactly(new Destination.StoredFile("a.gz", 10));
        }
        assertThat(cutOff).hasContent("cut off");
        assertThat(again).hasContent("cut off again");
    }

    @Test
    void makeRoomButForThoseThatMayBeAFileThatIsThere() throws Exception {
        for (String name : List.of("a.gz.part", "b.gz", "b.gz.part", "b.gz.2.part", "c.gz.2.part", ".hidden.part")) {
            Files.writeString(temp.resolve(name), "x");
        }
        Files.createDirectory(temp.resolve("directory.part"));

        new LeftOvers(new Medium(temp.toString(), temp, Optional.empty(), Optional.empty(), true)).remove();

        assertThat(temp.toFile().list())
                .containsExactlyInAnyOrder("b.gz", "b.gz.part", "b.gz.2.part", ".hidden.part", "directory.part");
    }
}
