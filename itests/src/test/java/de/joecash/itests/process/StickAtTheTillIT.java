package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import de.joecash.itests.guest.Guest;
import de.joecash.itests.guest.StickImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stick that answers nothing, and one that is unplugged in the middle of a sync, on real vfat: the till sells on. */
class StickAtTheTillIT {
    private static final int MEMORY = 1024;

    /** In a kernel that runs as a process, on processors that others use, too. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void keepsNoReceiptWaiting() throws Exception {
        Needed.on(Files.isExecutable(Path.of("/usr/sbin/ip")), "the Debian package iproute2");
        List<String> said;
        try (Guest guest = Guest.boot(
                directory.resolve("guest"),
                MEMORY,
                List.of(StickImage.vfat(directory.resolve("stick"), 64)),
                TillInGuest.class)) {
            said = guest.awaitEnd();
        }
        System.out.println(said);
        assertThat(said).hasSize(5).endsWith("END");
        assertUnplugged(said.get(2), "frozen");
        assertUnplugged(said.get(3), "in-mid-sync");
    }

    private static void assertUnplugged(String line, String name) {
        String[] words = line.split(" ", -1);
        assertThat(words).startsWith(name, "MediumFailed");
        assertThat(Integer.parseInt(words[2])).as(line).isPositive();
        assertThat(Duration.ofMillis(Long.parseLong(words[3]))).as(line).isLessThan(LONGEST_GAP);
    }
}
