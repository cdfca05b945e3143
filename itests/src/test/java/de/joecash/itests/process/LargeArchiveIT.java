package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents far larger than the heap, and as many workers as there may be. */
class LargeArchiveIT {
    private static final int BLOCK = 1 << 16;

    @TempDir
    private Path directory;

    @Test
    void archivesAGigabyteOfZerosInASmallHeap() throws Exception {
        assertComesBack(1_000_000_000L, null);
    }

    @Test
    void archivesRandomDataInASmallHeap() throws Exception {
        assertComesBack(300_000_000L, new Random(1));
    }

    @Test
    void makesEqualFilesWithAnyNumberOfWorkers() throws Exception {
        byte[] one = made(1);
        for (int workers = 2; workers <= 8; workers++) {
            assertThat(made(workers)).as("%s workers", workers).isEqualTo(one);
        }
    }

    private void assertComesBack(long bytes, Random random) throws Exception {
        Path archive = directory.resolve("large.gz");
        MessageDigest given = sha256();
        ArchiveCommand.create(archive, out -> write(new DigestOutputStream(out, given), bytes, random), "--level", "1");
        MessageDigest back = sha256();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), BLOCK);
                OutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), back)) {
            assertThat(in.transferTo(digest)).isEqualTo(bytes);
        }
        assertThat(back.digest()).isEqualTo(given.digest());
        ArchiveCommand.Ended verified = ArchiveCommand.run("verify", archive.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    /** Half of it zeros, half random; but for the time in the header (RFC 1952, section 2.3.1). */
    private byte[] made(int workers) throws Exception {
        Path archive = directory.resolve("same.gz");
        Random random = new Random(2);
        ArchiveCommand.create(
                archive,
                out -> {
                    write(out, 30_000_000, null);
                    write(out, 30_000_000, random);
                },
                "--level",
                "6",
                "--workers",
                Integer.toString(workers));
        byte[] file = Files.readAllBytes(archive);
        for (int i = 4; i < 8; i++) {
            file[i] = 0;
        }
        return file;
    }

    private static void write(OutputStream out, long bytes, Random random) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long left = bytes; left > 0; left -= BLOCK) {
            if (random != null) {
                random.nextBytes(block);
            }
            out.write(block, 0, (int) Math.min(left, BLOCK));
        }
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }
}
