package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final int MEMBER = ArchiveWriter.MEMBER_BYTES;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MEMBER - 1, MEMBER, MEMBER + 1, 3 * MEMBER + 17})
    void givesBackWhatWasWritten(int length) throws IOException {
        byte[] content = content(length);
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        ArchiveDigest written = write(content, file);

        assertThat(written.contentBytes()).isEqualTo(length);
        assertThat(written.archiveBytes()).isEqualTo(file.size());
        try (ArchiveInput input = read(file.toByteArray(), length)) {
            assertThat(input.readAllBytes()).isEqualTo(content);
            assertThat(input.finish()).isEqualTo(written);
        }
    }

    @Test
    void isReadByTheJdkAndByGunzip(@TempDir Path directory) throws Exception {
        byte[] content = content(2 * MEMBER + 5);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        write(content, file);

        try (GZIPInputStream jdk = new GZIPInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            assertThat(jdk.readAllBytes()).isEqualTo(content);
        }
        Path archive = Files.write(directory.resolve("a.gz"), file.toByteArray());
        Process gunzip = new ProcessBuilder("gunzip", "-kN", archive.toString())
                .inheritIO()
                .start();
        assertThat(gunzip.waitFor()).isZero();
        assertThat(directory.resolve("till.sql")).hasBinaryContent(content);
    }

    @Test
    void noticesEveryCutAndEveryFlippedBit() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ArchiveDigest written = write(content(MEMBER + 100), file);
        byte[] whole = file.toByteArray();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertThat(intact(cut, written)).as("cut at %s", cut.length).isFalse();
            byte[] flipped = whole.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(intact(flipped, written)).as("flipped at %s", at).isFalse();
        }
    }

    @Test
    void expandsToNoMoreThanWasAnnounced() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        write(new byte[50 * MEMBER], bomb);

        try (ArchiveInput input = read(bomb.toByteArray(), 1000)) {
            assertThatIOException().isThrownBy(input::finish).withMessageContaining("longer than 1000");
        }
    }

    @Test
    void isTheSameFileForTheSameContent() throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        write(content(MEMBER + 1), one);
        write(content(MEMBER + 1), two);

        assertThat(one.toByteArray()).isEqualTo(two.toByteArray());
    }

    private static boolean intact(byte[] file, ArchiveDigest expected) {
        try (ArchiveInput input = read(file, expected.contentBytes())) {
            return input.finish().equals(expected);
        } catch (IOException e) {
            return false;
        }
    }

    private static ArchiveInput read(byte[] file, long limit) throws IOException {
        return new ArchiveInput(new ByteArrayInputStream(file), limit, bytes -> {});
    }

    /** Writes in chunks of odd lengths, as a dump does. */
    private static ArchiveDigest write(byte[] content, ByteArrayOutputStream file) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(file, "till.sql", Instant.EPOCH.plusSeconds(1))) {
            for (int from = 0; from < content.length; from += 4099) {
                writer.write(content, from, Math.min(4099, content.length - from));
            }
            return writer.finish();
        }
    }

    private static byte[] content(int length) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(12));
        }
        return bytes;
    }
}
