package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.itests.guest.Guest;
import de.joecash.itests.guest.StickImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power is cut while backups go to a stick: on real vfat, at moments by chance and right after green. */
class StickPowerCutIT {
    private static final int CUTS = 20;
    private static final int RIGHT_AFTER_GREEN = 5;

    /** Of the sticks whose power was cut, those that are used again. */
    private static final int AGAIN = 3;

    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(700);

    @TempDir
    private Path directory;

    @Test
    void whatWasGreenIsWholeAndNothingHalfIsListed() throws Exception {
        DemoHost.Ended made = DemoHost.exec(
                directory.resolve("data"), "backup:create; backup:create; backup:create", "--receipts", "5000");
        assertThat(made.code()).as(made.err()).isZero();
        Path backups = directory.resolve("data/backups");

        List<Set<String>> green = cut(backups);
        for (int i = 0; i < green.size(); i++) {
            StickImage.unpack(image(i), unpacked(i));
            assertThat(whole(backups, unpacked(i)))
                    .as("what was green before cut %s", i)
                    .containsAll(green.get(i));
        }
        nothingHalfIsListed(backups, green.size());
        List<Path> again =
                new ArrayList<>(IntStream.range(0, AGAIN).mapToObj(this::image).toList());
        again.add(broken(backups));
        sticksGoOn(backups, again);
    }

    /** Cuts, and gives the manifests that were green before each. */
    private List<Set<String>> cut(Path backups) throws IOException {
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        Path stick = StickImage.vfat(directory.resolve("stick"), 40);
        List<Set<String>> green = new ArrayList<>();
        int said = 3;
        try (Guest guest = Guest.boot(directory.resolve("guest"), List.of(stick), "copy", backups.toString())) {
            while (green.size() < CUTS + RIGHT_AFTER_GREEN) {
                said = guest.awaitSaid("GREEN", said).size() + 1;
                if (green.size() < CUTS) {
                    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_WAIT));
                }
                green.add(green(guest.cut(stick, image(green.size()))));
            }
        }
        return green;
    }

    private static Set<String> green(List<String> said) {
        Set<String> green = new HashSet<>();
        for (String line : said) {
            String name = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("GREEN ")) {
                green.add(name);
            } else if (line.startsWith("GONE ")) {
                green.remove(name);
            }
        }
        assertThat(green).isNotEmpty();
        return green;
    }

    /** The manifests whose backups are there to the last byte. */
    private static Set<String> whole(Path backups, Path stick) throws IOException {
        Set<String> whole = new HashSet<>();
        for (String manifest : backups.toFile().list((folder, name) -> name.endsWith(".json"))) {
            String archive = manifest.replace(".json", ".sql.gz");
            if (equal(backups, stick, manifest) && equal(backups, stick, archive)) {
                whole.add(manifest);
            }
        }
        return whole;
    }

    private static boolean equal(Path one, Path other, String name) throws IOException {
        return Files.exists(one.resolve(name))
                && Files.exists(other.resolve(name))
                && Files.mismatch(one.resolve(name), other.resolve(name)) < 0;
    }

    private void nothingHalfIsListed(Path backups, int sticks) throws IOException, InterruptedException {
        DemoHost.Ended listed = DemoHost.exec(
                directory.resolve("data"),
                IntStream.range(0, sticks)
                        .mapToObj(i -> "echo stick " + i + "; backup:remote medium:" + unpacked(i) + "; ")
                        .collect(Collectors.joining()));
        assertThat(listed.code()).as(listed.err()).isZero();
        String[] lists = listed.out().split("stick [0-9]+\\R", -1);
        assertThat(lists).hasSize(sticks + 1);
        for (int i = 0; i < sticks; i++) {
            Set<String> whole = whole(backups, unpacked(i));
            Set<String> offered = new HashSet<>();
            for (String name : backups.toFile().list((folder, name) -> name.endsWith(".sql.gz"))) {
                if (lists[i + 1].contains(name.replace(".sql.gz", ""))) {
                    offered.add(name.replace(".sql.gz", ".json"));
                }
            }
            assertThat(offered).as("listed after cut %s", i).isEqualTo(whole);
        }
    }

    /** A stick as few cuts leave it: one that was cut off has no clusters. */
    private Path broken(Path backups) throws IOException {
        Path image = StickImage.vfat(directory.resolve("broken"), 40);
        String archive = backups.toFile().list((folder, name) -> name.endsWith(".sql.gz"))[0];
        StickImage.putBroken(image, backups.resolve(archive), archive + ".part");
        return image;
    }

    /** What a cut left is no obstacle to the next copy. A stick takes two seconds in there: some of them show it. */
    private void sticksGoOn(Path backups, List<Path> images) throws Exception {
        try (Guest guest = Guest.boot(
                directory.resolve("again"), images, "again", backups.toString(), Integer.toString(images.size()))) {
            List<String> outcomes = guest.awaitEnd();
            assertThat(outcomes).hasSize(images.size() + 2).endsWith("END");
            assertThat(outcomes.subList(1, outcomes.size() - 1)).allMatch(line -> line.endsWith(" WHOLE"));
        }
    }

    private Path image(int i) {
        return directory.resolve("cut" + i);
    }

    private Path unpacked(int i) {
        return directory.resolve("unpacked" + i);
    }
}
