package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.guest.BadDays;
import de.joecash.itests.guest.Guest;
import de.joecash.itests.guest.StickImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a stick on a counter, on real vfat: each day ends in words, and costs no earlier copy. */
class StickBadDaysIT {
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("empty-mount-point", "MediumRefused.NOT_MOUNTED"),
            Map.entry("earlier", "STORED"),
            Map.entry("full", "NoSpace [earlier.gz, pictures.zip]"),
            Map.entry("filled-in-mid-write", "NoSpace [earlier.gz]"),
            Map.entry("full-of-left-overs", "STORED [earlier.gz]"),
            Map.entry(
                    "in-volumes",
                    "STORED [earlier.gz, later.gz.001, later.gz.002, later.gz.003, later.gz.sha256] KEPT"
                            + " [earlier.gz]"),
            Map.entry("yanked-in-the-second-volume", "MediumFailed [earlier.gz]"),
            Map.entry("lying", "CopyDiffers [earlier.gz]"),
            Map.entry("yanked-in-mid-write", "MediumFailed [earlier.gz]"),
            Map.entry("yanked-before-sync", "MediumFailed [earlier.gz]"),
            Map.entry("yanked-in-mid-sync", "MediumFailed [earlier.gz]"),
            Map.entry("read-only", "MediumRefused.READ_ONLY"),
            Map.entry("too-small", "MediumRefused.TOO_SMALL"),
            Map.entry("locked-after-an-error", "MediumRefused.LOCKED"),
            Map.entry("ext4", "STORED KEPT"),
            Map.entry("not-taken-off-properly", "STORED KEPT"),
            Map.entry("ntfs", "STORED KEPT"),
            Map.entry("exfat", "STORED KEPT"),
            Map.entry("without-permission", "MediumRefused.NO_PERMISSION"),
            Map.entry("swapped", "MediumRefused.NOT_MOUNTED []"),
            Map.entry("swapped-in-mid-write", "MediumFailed []"),
            Map.entry("unmounted-in-mid-write", "MediumFailed"),
            Map.entry("after-all", "STORED [earlier.gz, later.gz] KEPT"));

    @TempDir
    private Path directory;

    @Test
    void endInWordsAndCostNoEarlierCopy() throws Exception {
        Path broken = StickImage.vfat(directory.resolve("broken"), 64);
        StickImage.putBroken(broken, Files.write(directory.resolve("file"), new byte[100_000]), BadDays.BROKEN);
        List<Path> sticks = List.of(
                StickImage.vfat(directory.resolve("stick"), 64),
                StickImage.vfat(directory.resolve("other"), 64),
                broken,
                StickImage.ext4(directory.resolve("ext4"), 64),
                StickImage.dirty(directory.resolve("dirty"), 64),
                StickImage.ntfs(directory.resolve("ntfs"), 64),
                StickImage.exfat(directory.resolve("exfat"), 64));
        List<String> said;
        try (Guest guest = Guest.boot(directory.resolve("guest"), sticks, "bad-days")) {
            said = guest.awaitEnd();
        }
        Map<String, String> days = said.stream()
                .filter(line -> line.contains(" "))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')), line -> line.substring(line.indexOf(' ') + 1)));
        assertThat(days).containsExactlyInAnyOrderEntriesOf(EXPECTED);
        assertThat(said).endsWith("END");
    }
}
