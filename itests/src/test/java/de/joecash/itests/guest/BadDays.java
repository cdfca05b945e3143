package de.joecash.itests.guest;

import de.joecash.backup.BackupException;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.testkit.BytesContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What may happen to a stick on a counter, one after another. Says {@code NAME OUTCOME} of each. */
public final class BadDays {
    private static final Path STICK = MappedStick.MOUNT_POINT;
    private static final Path PICTURES = STICK.resolve("pictures.zip");
    private static final String OTHER_DEVICE = "/dev/ubdb";
    private static final String BROKEN_DEVICE = "/dev/ubdc";
    private static final String EXT4_DEVICE = "/dev/ubdd";
    private static final String DIRTY_DEVICE = "/dev/ubde";
    private static final String NTFS_DEVICE = "/dev/ubdf";
    private static final String EXFAT_DEVICE = "/dev/ubdg";
    /** A file whose clusters are not its own. */
    public static final String BROKEN = "broken.zip";

    private static final byte[] EARLIER = bytes(300_000);
    private static final byte[] LATER = bytes(3_000_000);

    private final InGuest guest;
    private final InGuest splitting;
    private final MappedStick stick = new MappedStick();

    BadDays(InGuest guest) throws IOException, ReflectiveOperationException {
        this.guest = guest;
        this.splitting = new InGuest(1);
    }

    void all() throws Exception {
        say("empty-mount-point", guest.outcome("later.gz", new BytesContent(LATER)));
        stick.plug();
        say("earlier", guest.outcome("earlier.gz", new BytesContent(EARLIER)));
        say("full", full());
        say("filled-in-mid-write", filled());
        say("full-of-left-overs", fullOfLeftOvers());
        say("in-volumes", inVolumes());
        say("yanked-in-the-second-volume", yanked(splitting, 1_500_000));
        say("lying", lying());
        say("yanked-in-mid-write", yanked(guest, 1_000_000));
        say("yanked-before-sync", yanked(guest, LATER.length));
        say("yanked-in-mid-sync", yankedInMidSync());
        say("read-only", readOnly());
        say("too-small", guest.outcome("later.gz", tooLong()));
        say("swapped", swapped());
        say("swapped-in-mid-write", swappedInMidWrite());
        say("unmounted-in-mid-write", unmounted());
        plug(BROKEN_DEVICE);
        say("locked-after-an-error", lockedAfterAnError());
        MappedStick.unplug();
        say("ext4", kept("mount", EXT4_DEVICE));
        say("not-taken-off-properly", kept("mount", DIRTY_DEVICE));
        say("ntfs", kept("ntfs-3g", NTFS_DEVICE));
        say("exfat", kept("mount.exfat-fuse", EXFAT_DEVICE));
        say("without-permission", withoutPermission());
        stick.plug();
        say("after-all", afterAll());
    }

    private static void say(String day, String outcome) {
        InGuest.say(day + " " + outcome);
    }

    /** Whatever is found at the mount point, by the kernel's own word. */
    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(STICK)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** It says that it keeps what it drops. */
    private String lying() throws IOException {
        stick.lie();
        String outcome = guest.outcome("later.gz", new BytesContent(LATER));
        stick.replug();
        return outcome + earlier();
    }

    private String yanked(InGuest guest, long where) throws IOException {
        String outcome = guest.outcome("later.gz", new BytesContent(LATER).at(where, stick::die));
        stick.replug();
        return outcome + earlier();
    }

    /** Each write takes so long that the stick goes while the sync waits for them. */
    private String yankedInMidSync() throws IOException, InterruptedException {
        stick.slowDown(Duration.ofMillis(1500));
        Thread hand = new Thread(() -> {
            MappedStick.awaitWrites();
            stick.die();
        });
        String outcome = guest.outcome("later.gz", new BytesContent(LATER).at(LATER.length, hand::start));
        hand.join();
        stick.replug();
        return outcome + earlier();
    }

    private String unmounted() throws IOException {
        String outcome = guest.outcome("later.gz", new BytesContent(LATER).at(1_000_000, MappedStick::unplug));
        return outcome + (files().isEmpty() ? "" : " STRAYED");
    }

    /** Between two files of one backup. */
    private String swapped() throws IOException {
        String outcome;
        try (Destination stick = guest.connect()) {
            MappedStick.unplug();
            plug(OTHER_DEVICE);
            stick.put("later.gz", new BytesContent(LATER), sent -> {});
            outcome = "STORED";
        } catch (BackupException e) {
            outcome = InGuest.words(e.problem());
        }
        return outcome + other();
    }

    private String swappedInMidWrite() throws IOException {
        String outcome = guest.outcome("later.gz", new BytesContent(LATER).at(1_000_000, () -> {
                    MappedStick.unplug();
                    plug(OTHER_DEVICE);
                }));
        return outcome + other();
    }

    private String other() throws IOException {
        List<String> there = files();
        MappedStick.unplug();
        String strayed = files().isEmpty() ? "" : " STRAYED";
        stick.plug();
        return " " + there + strayed;
    }

    private String readOnly() throws IOException {
        InGuest.run("mount", "-o", "remount,ro", STICK.toString());
        String outcome = guest.outcome("later.gz", new BytesContent(LATER));
        InGuest.run("mount", "-o", "remount,rw", STICK.toString());
        return outcome;
    }

    /** What fits on no stick here. */
    private static Destination.Content tooLong() {
        return new Destination.Content() {
            @Override
            public long bytes() {
                return 1_000_000_000;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }
        };
    }

    /** To remove what has no clusters of its own is such an error. */
    private String lockedAfterAnError() throws IOException {
        Files.delete(STICK.resolve(BROKEN));
        return guest.outcome("later.gz", new BytesContent(LATER));
    }

    /** Read by one that would have put it there in one piece; and gone all together. */
    private String inVolumes() throws IOException, BackupException {
        String outcome = splitting.outcome("later.gz", new BytesContent(LATER));
        stick.replug();
        String there = files() + (isThere("later.gz", LATER) ? " KEPT" : " LOST");
        try (Destination stick = guest.connect()) {
            stick.delete("later.gz");
        }
        return outcome + " " + there + earlier();
    }

    private String full() throws IOException {
        fill(PICTURES, 1_000_000);
        return guest.outcome("later.gz", new BytesContent(LATER)) + earlier();
    }

    private String filled() throws IOException {
        Files.delete(PICTURES);
        String outcome = guest.outcome("later.gz", new BytesContent(LATER).at(500_000, () -> fill(PICTURES, 100_000)));
        Files.delete(PICTURES);
        stick.replug();
        return outcome + earlier();
    }

    private String fullOfLeftOvers() throws IOException {
        fill(STICK.resolve("cut-off.gz.part"), 1_000_000);
        String outcome = guest.outcome("later.gz", new BytesContent(LATER));
        Files.delete(STICK.resolve("later.gz"));
        stick.replug();
        return outcome + earlier();
    }

    private static void fill(Path file, long left) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 16];
            while (STICK.toFile().getUsableSpace() > left + block.length) {
                out.write(block);
            }
        }
    }

    /** By the kernel, or by the tool that Debian has for it: one that is still busy would keep the device. */
    private String kept(String mount, String device) throws IOException {
        InGuest.run(mount, device, STICK.toString());
        String outcome = guest.outcome("later.gz", new BytesContent(LATER));
        InGuest.run("umount", STICK.toString());
        InGuest.run(mount, device, STICK.toString());
        outcome += isThere("later.gz", LATER) ? " KEPT" : " LOST";
        InGuest.run("umount", STICK.toString());
        return outcome;
    }

    /** FAT knows no users: it is the mount that says whose all of it is. */
    private static String withoutPermission() throws IOException {
        InGuest.run("mount", "-o", "uid=4711,umask=077", OTHER_DEVICE, STICK.toString());
        String outcome = InGuest.outcomeWithoutPowers();
        MappedStick.unplug();
        return outcome;
    }

    private String afterAll() throws IOException {
        String outcome = guest.outcome("later.gz", new BytesContent(LATER));
        stick.replug();
        return outcome + earlier() + (isThere("later.gz", LATER) ? " KEPT" : " LOST");
    }

    /** Whether an earlier copy is whole, and nothing else was published. */
    private String earlier() throws IOException {
        try (Destination stick = guest.connect()) {
            List<String> names = stick.list().stream()
                    .map(Destination.StoredFile::name)
                    .sorted()
                    .toList();
            return " " + names + (isThere("earlier.gz", EARLIER) ? "" : " EARLIER-LOST");
        } catch (BackupException e) {
            return " " + InGuest.words(e.problem());
        }
    }

    private boolean isThere(String name, byte[] bytes) throws IOException {
        try (Destination stick = guest.connect();
                InputStream in = stick.open(name)) {
            return Arrays.equals(in.readAllBytes(), bytes);
        } catch (BackupException e) {
            return false;
        }
    }

    private static void plug(String device) {
        InGuest.run("mount", device, STICK.toString());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
