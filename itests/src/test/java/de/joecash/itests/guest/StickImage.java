package de.joecash.itests.guest;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Needed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image of a stick. Made, and read, by tools of their own: no kernel of this machine need know its format. */
public final class StickImage {
    /** Clusters count from 2, and the root directory of an empty stick has the first. */
    private static final int FIRST_AFTER_ROOT = 3;

    private StickImage() {}

    /** Makes an empty one, as shops have them: FAT32. */
    public static Path vfat(Path image, int megabytes) throws IOException {
        return make(image, megabytes, "dosfstools", "/usr/sbin/mkfs.vfat", "-F", "32");
    }

    /** Makes an empty one that says that it was unplugged while it was in use (the kernel's {@code fat32.state}). */
    public static Path dirty(Path image, int megabytes) throws IOException {
        vfat(image, megabytes);
        try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
            disk.seek(65);
            disk.write(1);
        }
        return image;
    }

    /** Makes an empty one with a format that knows users and rights. */
    public static Path ext4(Path image, int megabytes) throws IOException {
        return make(image, megabytes, "e2fsprogs", "/usr/sbin/mkfs.ext4", "-q", "-F");
    }

    /** Makes an empty one as another computer's system formats large ones. */
    public static Path ntfs(Path image, int megabytes) throws IOException {
        return make(image, megabytes, "ntfs-3g", "/usr/sbin/mkntfs", "-q", "-Q", "-F");
    }

    /** Makes an empty one as cameras and phones format large ones. */
    public static Path exfat(Path image, int megabytes) throws IOException {
        Needed.on(Files.isExecutable(Path.of("/usr/sbin/mount.exfat-fuse")), "the Debian package exfat-fuse");
        return make(image, megabytes, "exfatprogs", "/usr/sbin/mkfs.exfat");
    }

    private static Path make(Path image, int megabytes, String debianPackage, String... command) throws IOException {
        Needed.on(Files.isExecutable(Path.of(command[0])), "the Debian package " + debianPackage);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        List<String> words = new ArrayList<>(List.of(command));
        words.add(image.toString());
        run(words.toArray(String[]::new));
        return image;
    }

    /**
     * Puts a file onto an empty one as a power cut leaves it where the kernel had written down its name and length, and
     * its clusters not yet: they are free (Microsoft's FAT specification, 3 and 4).
     */
    public static void putBroken(Path image, Path file, String name) throws IOException {
        Needed.on(Files.isExecutable(Path.of("/usr/bin/mcopy")), "the Debian package mtools");
        run("/usr/bin/mcopy", "-i", image.toString(), file.toString(), "::" + name);
        try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] boot = new byte[512];
            disk.readFully(boot);
            ByteBuffer fields = ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN);
            int sector = fields.getShort(11);
            long cluster = (long) sector * fields.get(13);
            int entries = (int) (Files.size(file) / cluster) + 1;
            for (int table = 0; table < fields.get(16); table++) {
                long start = (fields.getShort(14) + (long) table * fields.getInt(36)) * sector;
                disk.seek(start + 4L * FIRST_AFTER_ROOT);
                disk.write(new byte[4 * entries]);
            }
        }
    }

    /**
     * Copies its files into a directory that is not there yet, but for those whose clusters are none of a file: the
     * kernel cannot read them either.
     */
    public static void unpack(Path image, Path directory) throws IOException {
        Needed.on(Files.isExecutable(Path.of("/usr/bin/mcopy")), "the Debian package mtools");
        Files.createDirectories(directory);
        Said listed = said("/usr/bin/mdir", "-b", "-i", image.toString(), "::");
        assertThat(listed.code()).as(listed.words()).isZero();
        for (String file : listed.words().lines().toList()) {
            Path copy = directory.resolve(file.substring(file.lastIndexOf('/') + 1));
            if (said("/usr/bin/mcopy", "-n", "-i", image.toString(), file, copy.toString())
                            .code()
                    != 0) {
                Files.deleteIfExists(copy);
            }
        }
    }

    private record Said(int code, String words) {}

    private static void run(String... command) throws IOException {
        Said said = said(command);
        assertThat(said.code()).as("%s: %s", List.of(command), said.words()).isZero();
    }

    private static Said said(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        // A power cut leaves numbers in there that do not agree.
        builder.environment().put("MTOOLS_SKIP_CHECK", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.onExit().join().exitValue(), said);
    }
}
