package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.guest.Guest;
import de.joecash.itests.guest.StickImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup with an archive that goes onto a stick in volumes, on real vfat, and comes back. With
 * {@code -Dstick.large=true} it is one that FAT32 cannot hold in one piece (some thirteen minutes, and 30 GB in the
 * folder for temporary files); otherwise a small one and small volumes.
 */
class LargeStickIT {
    private static final boolean LARGE = Boolean.getBoolean("stick.large");
    private static final int MEGABYTES = LARGE ? 5000 : 5;
    private static final String VOLUME = ".files.tar.gz.00";

    @TempDir
    private Path directory;

    @Test
    void goesInVolumesThatCatJoinsAndComesBack() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        Path backups = data.resolve("backups");
        succeed(data, "backup:list", "--receipts", "500");
        Path large = directory.resolve("large");
        random(large);
        Path kept = Files.createLink(data.resolve("files/camera.mp4"), large);
        succeed(data, "backup:create");
        String id = only(backups, ".json").replace(".json", "");

        Path stick = StickImage.vfat(directory.resolve("stick"), 40 + MEGABYTES / 5 * 8);
        try (Guest guest = Guest.boot(
                directory.resolve("guest"), List.of(stick), "volumes", backups.toString(), LARGE ? "0" : "2")) {
            assertThat(guest.awaitEnd()).containsExactly("UP", "STORED", "END");
        }
        Path unpacked = directory.resolve("unpacked");
        StickImage.unpack(stick, unpacked);
        assertThat(unpacked.resolve(id + VOLUME + "3")).isNotEmptyFile();
        assertThat(unpacked.resolve(id + VOLUME + "4")).doesNotExist();
        joinedByCat(unpacked.resolve(id + VOLUME).toString());

        Files.delete(kept);
        removeAll(backups);
        succeed(data, "backup:fetch medium:" + unpacked + " 1; backup:restore 1");
        assertThat(Files.mismatch(kept, large)).isNegative();
    }

    /** No codec makes it shorter. */
    private static void random(Path file) throws IOException {
        Random random = new Random(MEGABYTES);
        byte[] block = new byte[1_000_000];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }

    private static void succeed(Path data, String script, String... options) throws Exception {
        DemoHost.Ended ended = DemoHost.exec(data, script, options);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    }

    private static String only(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending) && !name.endsWith(".state" + ending))
                    .reduce((one, other) -> one + " and " + other)
                    .orElseThrow();
        }
    }

    private static void joinedByCat(String begin) throws Exception {
        Process process = new ProcessBuilder("bash", "-o", "pipefail", "-c", "cat \"$0\"? | gunzip -t", begin)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static void removeAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
