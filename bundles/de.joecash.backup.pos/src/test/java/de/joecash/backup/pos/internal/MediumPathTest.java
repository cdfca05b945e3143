package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.testkit.InMemoryConfiguration;
import de.joecash.backup.testkit.Needed;
import de.joecash.pos.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people, and others, may enter as a medium's path. */
class MediumPathTest {
    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.pos");

    @TempDir
    private Path temp;

    private LocalBackupSettings settings;

    @BeforeEach
    void allowLocalBackup() throws Exception {
        settings = new LocalBackupSettings(configuration.admin());
        settings.change(Map.of("01.1", "L", "01.2", "/media/before"));
    }

    /** A path, what is said of it at the field, and the same in English. */
    record Refused(String path, String german, String english) {}

    static Refused[] refused() {
        return new Refused[] {
            new Refused("../usb0", "kein „..“", "must not hold “..”"),
            new Refused("/media/usb0/..", "kein „..“", "must not hold “..”"),
            new Refused("/media/usb0/../../etc", "kein „..“", "must not hold “..”"),
            new Refused("/media/usb0/./../.", "kein „..“", "must not hold “..”"),
            new Refused("/..", "kein „..“", "must not hold “..”"),
            new Refused("media/usb0", "vollständiger Pfad", "full path"),
            new Refused("./media/usb0", "vollständiger Pfad", "full path"),
            new Refused(".", "vollständiger Pfad", "full path"),
            new Refused("~/usb0", "vollständiger Pfad", "full path"),
            new Refused("file:///media/usb0", "vollständiger Pfad", "full path"),
            new Refused("/", "ganze eigene Festplatte", "own disk"),
            new Refused("//", "ganze eigene Festplatte", "own disk"),
            new Refused("/././", "ganze eigene Festplatte", "own disk"),
            new Refused("/dev/null", "Datei oder eines Geräts", "file or of a device"),
            new Refused("/dev/null/", "Datei oder eines Geräts", "file or of a device"),
            new Refused("/media/usb0\0", "nicht darstellen", "cannot be displayed"),
            new Refused("/media/\0/etc", "nicht darstellen", "cannot be displayed"),
            new Refused("/media\n/usb0", "nicht darstellen", "cannot be displayed"),
            // What a decoder makes of bytes that are not UTF-8, and what no encoder can write.
            new Refused("/media/usb\ufffd", "nicht darstellen", "cannot be displayed"),
            new Refused("/media/usb\udc80", "nicht darstellen", "cannot be displayed"),
            new Refused("/" + "a".repeat(3_999), "höchstens 1024", "1024 characters at the most"),
            new Refused("/media".repeat(200), "höchstens 1024", "1024 characters at the most"),
        };
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAtTheFieldWhereItCanNeverBeAMedium(Refused refused) {
        isRefused(refused);
    }

    @Test
    void isRefusedWhereItIsAFile() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "x");

        isRefused(new Refused(file.toString(), "Datei oder eines Geräts", "file or of a device"));
    }

    @Test
    void isRefusedWhereALinkLeadsIntoTheServersOwnDisk() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("usb0"), Path.of("/etc"));
        Path file = Files.createSymbolicLink(temp.resolve("usb1"), Path.of("/etc/passwd"));

        isRefused(new Refused(link.toString(), "über eine Verknüpfung", "by a link"));
        isRefused(new Refused(link + "/default", "über eine Verknüpfung", "by a link"));
        isRefused(new Refused(file.toString(), "Datei oder eines Geräts", "file or of a device"));
    }

    @Test
    void isTakenWhereALinkLeadsToAMountPointAtWhichNothingIsPluggedIn() throws Exception {
        Path mountPoint = Files.createDirectory(temp.resolve("usb0"));
        Path link = Files.createSymbolicLink(temp.resolve("usb"), mountPoint);

        assertThat(saved(link.toString())).isEqualTo(link.toString());
    }

    @Test
    void isTakenWhereALinkLeadsToAMedium() throws Exception {
        Path medium = Path.of("/dev/shm");
        Needed.on(Files.isDirectory(medium) && !sameStore(medium, Path.of("/")), "a file system of its own");
        Path link = Files.createSymbolicLink(temp.resolve("usb"), medium);

        assertThat(saved(link.toString())).isEqualTo(link.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "/media/usb0>/media/usb0",
                "  /media/usb0\t >/media/usb0",
                "\u00a0/media/usb0\u202f>/media/usb0",
                "/media/usb0/>/media/usb0",
                "/media/usb0//>/media/usb0",
                "//media///usb0/./>/media/usb0",
                "/media/usb0/.>/media/usb0",
                "/media/USB DISK/>/media/USB DISK",
                "/media/kasse/Säge..1>/media/kasse/Säge..1",
                "/media/usb0/.kasse>/media/usb0/.kasse"
            })
    void isSavedAsItWasMeant(String entered, String meant) throws Exception {
        assertThat(saved(entered)).isEqualTo(meant);
    }

    private String saved(String path) throws Exception {
        settings.change(Map.of("01.2", path));
        // As the next start reads it.
        return new LocalBackupSettings(configuration.admin()).values().get("01.2");
    }

    private void isRefused(Refused refused) {
        InvalidSettingException problem = catchThrowableOfType(
                InvalidSettingException.class, () -> settings.change(Map.of("01.2", refused.path())));

        assertThat(problem).as(refused.path()).isNotNull();
        assertThat(problem.key()).isEqualTo("01.2");
        assertThat(problem.problem(Locale.GERMAN)).contains(refused.german()).contains("Bitte");
        assertThat(problem.problem(Locale.ENGLISH)).contains(refused.english()).contains("Please");
        assertThat(settings.values()).containsEntry("01.2", "/media/before");
    }

    private static boolean sameStore(Path one, Path other) throws IOException {
        return Files.getFileStore(one).equals(Files.getFileStore(other));
    }
}
