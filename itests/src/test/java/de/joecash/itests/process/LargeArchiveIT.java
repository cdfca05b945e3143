package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.function.Consumer;
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
        assertComesBack(zeros(1_000_000_000L), "--level", "1");
    }

    @Test
    void archivesRandomDataInASmallHeap() throws Exception {
        assertComesBack(random(300_000_000L, 1), "--level", "1");
    }

    @Test
    void archivesAGigabyteOfRowsAsTheProductDoes() throws Exception {
        assertComesBack(rows(1_000_000_000L));
    }

    @Test
    void makesEqualFilesWithAnyNumberOfWorkers() throws Exception {
        byte[] one = made(1);
        for (int workers = 2; workers <= 8; workers++) {
            assertThat(made(workers)).as("%s workers", workers).isEqualTo(one);
        }
    }

    private void assertComesBack(ArchiveCommand.Content content, String... options) throws Exception {
        Path archive = directory.resolve("large.gz");
        MessageDigest given = sha256();
        ArchiveCommand.create(archive, out -> content.writeTo(new DigestOutputStream(out, given)), options);
        MessageDigest back = sha256();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), BLOCK);
                OutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), back)) {
            in.transferTo(digest);
        }
        assertThat(back.digest()).isEqualTo(given.digest());
        ArchiveCommand.Ended verified = ArchiveCommand.run("verify", archive.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    /** Half of it zeros, half random; but for the time in the header (RFC 1952, section 2.3.1). */
    private byte[] made(int workers) throws Exception {
        Path archive = directory.resolve("same.gz");
        ArchiveCommand.create(
                archive,
                out -> {
                    zeros(30_000_000).writeTo(out);
                    random(30_000_000, 2).writeTo(out);
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

    private static ArchiveCommand.Content zeros(long bytes) {
        return blocks(bytes, block -> {});
    }

    private static ArchiveCommand.Content random(long bytes, long seed) {
        Random random = new Random(seed);
        return blocks(bytes, random::nextBytes);
    }

    private static ArchiveCommand.Content blocks(long bytes, Consumer<byte[]> next) {
        return out -> {
            byte[] block = new byte[BLOCK];
            for (long left = bytes; left > 0; left -= BLOCK) {
                next.accept(block);
                out.write(block, 0, (int) Math.min(left, BLOCK));
            }
        };
    }

    /** No two alike, as in a till's dump. */
    private static ArchiveCommand.Content rows(long least) {
        return out -> {
            Random random = new Random(3);
            long written = 0;
            for (int i = 1; written < least; i++) {
                int cents = random.nextInt(10_000);
                byte[] row = (i + "\tSchneiden und Föhnen\t" + cents + "\tEUR\t" + Long.toHexString(random.nextLong())
                                + "\n")
                        .getBytes(StandardCharsets.UTF_8);
                out.write(row);
                written += row.length;
            }
        };
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }
}
