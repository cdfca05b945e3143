package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.joecash.backup.FoundMedium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedMediaTest {
    private static final String SYSTEM = "1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw";

    @TempDir
    private Path temp;

    private Path media;
    private Path usb;

    @BeforeEach
    void makeFolders() throws IOException {
        temp = temp.toRealPath();
        media = Files.createDirectory(temp.resolve("media"));
        usb = Files.createDirectory(media.resolve("usb 0"));
    }

    @Test
    void findsWhatIsMountedFromADeviceOfItsOwn() throws Exception {
        Path label = Files.createDirectories(media.resolve("anna/STICK"));

        List<FoundMedium> found = found(line("8:33", label, "exfat"), line("8:17", usb, "vfat"));

        assertThat(found)
                .extracting(FoundMedium::path, FoundMedium::format)
                .containsExactly(tuple(label.toString(), "exfat"), tuple(usb.toString(), "vfat"));
        assertThat(found).allMatch(medium -> medium.bytes() > 0);
        assertThat(usb).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8:1 ext4", // the system's own disk once more
                "0:44 tmpfs",
                "0:52 nfs4",
                "0:60 fuse.sshfs",
                "11:0 iso9660"
            })
    void offersNothingThatIsNoMedium(String mounted) {
        String[] words = mounted.split(" ", -1);

        assertThat(found(line(words[0], usb, words[1]))).isEmpty();
    }

    @Test
    void offersNothingElsewhere() throws Exception {
        Path data = Files.createDirectory(temp.resolve("media-data"));

        assertThat(found(line("8:17", data, "ext4"))).isEmpty();
    }

    @Test
    void seesOnlyWhatLiesOnTop() {
        assertThat(found(line("8:17", usb, "vfat"), line("0:44", usb, "tmpfs"))).isEmpty();
        assertThat(found(line("8:17", usb, "vfat"), line("8:33", usb, "ntfs3")))
                .extracting(FoundMedium::format)
                .containsExactly("ntfs3");
    }

    @Test
    void offersTheFoldersOfADemoWhileTheyAreThere() throws Exception {
        Path demo = Files.createDirectory(temp.resolve("demo"));
        MountedMedia looking = new MountedMedia(mounts(SYSTEM), List.of(media), List.of(demo, temp.resolve("gone")));

        assertThat(looking.list()).extracting(FoundMedium::path).containsExactly(demo.toString());
        Files.delete(demo);
        assertThat(looking.list()).isEmpty();
    }

    @Test
    void findsNothingWhereTheSystemDoesNotTell() {
        assertThat(new MountedMedia(new Mounts(temp.resolve("none")), List.of(media), List.of()).list())
                .isEmpty();
    }

    private List<FoundMedium> found(String... lines) {
        return new MountedMedia(mounts(lines), List.of(media), List.of()).list();
    }

    private Mounts mounts(String... lines) {
        try {
            Path file = Files.writeString(temp.resolve("mountinfo"), SYSTEM + "\n" + String.join("\n", lines) + "\n");
            return new Mounts(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(String device, Path point, String type) {
        return "2 1 " + device + " / " + point.toString().replace(" ", "\\040") + " rw,nosuid shared:7 - " + type
                + " /dev/sdb1 rw";
    }
}
