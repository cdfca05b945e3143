package de.joecash.backup.destination.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.Problem.MediumRefused.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediumCheckTest {
    @TempDir
    private Path temp;

    private Path usb;
    private Path backups;
    private Path database;

    @BeforeEach
    void makeFolders() throws IOException {
        temp = temp.toRealPath();
        usb = Files.createDirectory(temp.resolve("usb ä"));
        backups = Files.createDirectory(temp.resolve("backups"));
        database = Files.createDirectory(temp.resolve("database"));
    }

    @Test
    void acceptsAMountedMedium() throws Exception {
        Medium medium = check("vfat").accept(usb.toString(), List.of(backups, database));

        assertThat(medium.folder()).isEqualTo(usb);
        assertThat(medium.offServer()).isTrue();
        assertThat(usb).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"vfat,4294967295", "msdos,4294967295", "exfat,9223372036854775807", "ext4,9223372036854775807"})
    void knowsTheLongestFileOfTheFormat(String type, long longest) throws Exception {
        assertThat(check(type).accept(usb.toString(), List.of()).maxFileBytes()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|NOT_SET", "'  '|NOT_SET", "media/usb0|NOT_ABSOLUTE", "../usb0|NOT_ABSOLUTE"})
    void refusesWhatIsNoFullPath(String path, Reason reason) {
        assertThat(refusal(check("vfat"), path)).isEqualTo(new Problem.MediumRefused(path, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/media/usb0\n", "/media/\0", "/media/usb\u001b[2J"})
    void refusesControlCharactersAndDoesNotRepeatThem(String path) {
        assertThat(refusal(check("vfat"), path)).isInstanceOfSatisfying(Problem.MediumRefused.class, problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.NOT_ABSOLUTE);
            assertThat(problem.path().chars()).noneMatch(Character::isISOControl);
        });
    }

    @Test
    void refusesWhatIsNotThereOrNoFolder() throws Exception {
        Path file = Files.writeString(usb.resolve("file"), "x");

        assertThat(refusal(check("vfat"), usb + "/missing"))
                .isEqualTo(new Problem.MediumRefused(usb + "/missing", Reason.MISSING));
        assertThat(refusal(check("vfat"), file.toString()))
                .isEqualTo(new Problem.MediumRefused(file.toString(), Reason.NOT_A_DIRECTORY));
    }

    @Test
    void refusesTheSystemsOwnDisk() throws Exception {
        assertThat(refusal(mounts("1 0 8:1 / / rw - ext4 /dev/sda1 rw"), usb.toString()))
                .as("nothing mounted")
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NOT_MOUNTED));
        assertThat(refusal(
                        mounts(
                                "1 0 8:1 / / rw - ext4 /dev/sda1 rw",
                                "2 1 8:1 /elsewhere " + escaped(usb) + " rw - ext4 /dev/sda1 rw"),
                        usb.toString()))
                .as("the same disk, mounted once more")
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NOT_MOUNTED));
    }

    @Test
    void refusesTheDiskOfTheBackupsOrTheDatabase() throws Exception {
        MediumCheck twoDisks =
                mounts("1 0 8:1 / / rw - ext4 /dev/sda1 rw", "2 1 8:17 / " + escaped(temp) + " rw - ext4 /dev/sdb1 rw");

        assertThat(twoDisks.accept(usb.toString(), List.of()).offServer()).isTrue();
        assertThat(refusal(twoDisks, usb.toString()))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NOT_MOUNTED));
    }

    @Test
    void seesTheMountThatCoversAnotherAtTheSamePoint() throws Exception {
        MediumCheck covered = mounts(
                "1 0 8:1 / / rw - ext4 /dev/sda1 rw",
                "2 1 8:17 / " + escaped(usb) + " rw - vfat /dev/sdb1 rw",
                "3 2 8:1 /empty " + escaped(usb) + " rw - ext4 /dev/sda1 rw");

        assertThat(refusal(covered, usb.toString()))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NOT_MOUNTED));
    }

    @Test
    void refusesAFolderThatLiesInMemory() throws Exception {
        Path unmounted = Path.of("/run");

        assertThat(refusal(
                        mounts("1 0 8:1 / / rw - ext4 /dev/sda1 rw", "2 1 0:24 / /run rw - tmpfs tmpfs rw"),
                        unmounted.toString()))
                .isEqualTo(new Problem.MediumRefused("/run", Reason.NOT_MOUNTED));
    }

    @Test
    void letsThroughOnRequestButDoesNotCallItOffTheServer() throws Exception {
        MediumCheck lenient = new MediumCheck(file("1 0 8:1 / / rw - ext4 /dev/sda1 rw"), true);

        assertThat(lenient.accept(usb.toString(), List.of(backups)).offServer()).isFalse();
        assertThat(refusal(lenient, backups.toString()))
                .isEqualTo(new Problem.MediumRefused(backups.toString(), Reason.INSIDE_BACKUPS));
    }

    @Test
    void comparesFileSystemsWhereTheSystemDoesNotTellItsMounts() {
        MediumCheck elsewhere = new MediumCheck(new Mounts(temp.resolve("no-such-file")), false);

        assertThat(refusal(elsewhere, usb.toString()))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NOT_MOUNTED));
    }

    @Test
    void refusesFoldersInsideAndAroundBackupsAndDatabaseThroughLinksToo() throws Exception {
        Path inside = Files.createDirectory(backups.resolve("inside"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), inside);

        for (Path path : List.of(backups, inside, link)) {
            assertThat(refusal(check("vfat"), path.toString()))
                    .isEqualTo(new Problem.MediumRefused(path.toString(), Reason.INSIDE_BACKUPS));
        }
        assertThat(refusal(check("vfat"), temp.toString()))
                .isEqualTo(new Problem.MediumRefused(temp.toString(), Reason.INSIDE_BACKUPS));
        assertThat(refusal(check("vfat"), database.toString()))
                .isEqualTo(new Problem.MediumRefused(database.toString(), Reason.INSIDE_DATABASE));
    }

    @Test
    void keepsOffABackupFolderThatIsNotThereYet() throws Exception {
        Path later = usb.resolve("later/backups");

        assertThat(problem(() -> check("vfat").accept(usb.toString(), List.of(later))))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.INSIDE_BACKUPS));
    }

    @Test
    void refusesWhatEvenRootCannotWriteTo() throws BackupException {
        MediumCheck real = new MediumCheck(Mounts.ofThisSystem(), true);

        Medium unwritable = real.accept("/proc/self", List.of());

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> real.requireWritable(unwritable, 1_000))
                .extracting(BackupException::problem)
                .isEqualTo(new Problem.MediumRefused("/proc/self", Reason.NOT_WRITABLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ro,nosuid|ro,errors=remount-ro|READ_ONLY",
                "rw,nosuid|ro,errors=remount-ro|LOCKED",
                "rw,ronly|rw,errors=ro|NOT_WRITABLE",
                "ro|rw|READ_ONLY"
            })
    void saysWhyNothingCanBeWritten(String mountOptions, String fileSystemOptions, Reason reason) throws Exception {
        MediumCheck check = mounts(
                "1 0 8:1 / / rw - ext4 /dev/sda1 rw",
                "2 1 8:17 / /proc " + mountOptions + " shared:7 - vfat /dev/sdb1 " + fileSystemOptions);
        Medium medium = check.accept("/proc/self", List.of());

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> check.requireWritable(medium, 0))
                .extracting(BackupException::problem)
                .isEqualTo(new Problem.MediumRefused("/proc/self", reason));
    }

    @Test
    void saysWhenOthersAloneMayWrite() throws Exception {
        MediumCheck check = check("ext4");
        Medium medium = check.accept(usb.toString(), List.of());

        assertThat(check.unwritable(medium, 10, new AccessDeniedException(usb.toString())))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.NO_PERMISSION));
    }

    @Test
    void tellsAFullMediumFromOneThatIsTooSmall() throws Exception {
        MediumCheck check = check("vfat");
        Medium medium = check.accept(usb.toString(), List.of());

        assertThat(medium.noSpace(Long.MAX_VALUE))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.TOO_SMALL));
        assertThat(medium.noSpace(1)).isInstanceOf(Problem.NoSpace.class);
        assertThat(check.unwritable(medium, Long.MAX_VALUE / 2, new IOException("No space left on device")))
                .isEqualTo(new Problem.MediumRefused(usb.toString(), Reason.TOO_SMALL));
    }

    private MediumCheck check(String type) {
        return mounts(
                "1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
                "2 1 8:17 / " + escaped(usb) + " rw,nosuid shared:7 master:2 - " + type + " /dev/sdb1 rw");
    }

    private MediumCheck mounts(String... lines) {
        return new MediumCheck(file(lines), false);
    }

    private Mounts file(String... lines) {
        try {
            return new Mounts(Files.write(temp.resolve("mountinfo"), List.of(lines)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\134").replace(" ", "\\040");
    }

    private Problem refusal(MediumCheck check, String path) {
        return problem(() -> check.accept(path, List.of(backups, database)));
    }

    private interface Acceptance {
        Medium accept() throws BackupException;
    }

    private static Problem problem(Acceptance acceptance) {
        Medium accepted;
        try {
            accepted = acceptance.accept();
        } catch (BackupException e) {
            return e.problem();
        }
        throw new AssertionError("It was accepted: " + accepted);
    }
}
