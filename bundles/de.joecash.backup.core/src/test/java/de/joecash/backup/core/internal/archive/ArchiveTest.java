package de.joecash.backup.core.internal.archive;

import static de.joecash.backup.core.internal.archive.ArchiveSamples.compression;
import static de.joecash.backup.core.internal.archive.ArchiveSamples.lines;
import static de.joecash.backup.core.internal.archive.ArchiveSamples.noise;
import static de.joecash.backup.core.internal.archive.ArchiveSamples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, Cutter.MIN, Cutter.MIN + 1, 3_000_017})
    void givesBackWhatWasWritten(int length) throws IOException {
        for (byte[] content : new byte[][] {lines(length, 1), noise(length, 2), new byte[length]}) {
            Sample written = write(content);

            assertThat(written.digest().contentBytes()).isEqualTo(length);
            assertThat(written.digest().archiveBytes()).isEqualTo(written.file().length);
            assertThat(written.index().archiveBytes()).isEqualTo(written.file().length);
            try (ArchiveInput input = proven(written.file(), written.index())) {
                assertThat(input.readAllBytes()).isEqualTo(content);
                assertThat(input.finish()).isEqualTo(written.digest());
            }
            assertThat(new GZIPInputStream(new ByteArrayInputStream(written.file())).readAllBytes())
                    .isEqualTo(content);
        }
    }

    /** Random contents, made of what dumps are made of, in random chunks. */
    @Test
    void givesBackAnyContentWrittenInAnyChunks() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 60; round++) {
            byte[] content = mixed(random);
            Sample written = write(content, 1 + random.nextInt(300_000), compression(1), Optional.empty());

            try (ArchiveInput input = any(written.file(), content.length)) {
                assertThat(input.readAllBytes()).as("round %s", round).isEqualTo(content);
            }
            assertThat(written.index().contentSha256())
                    .isEqualTo(write(content).index().contentSha256());
        }
    }

    @Test
    void isTheSameFileHoweverManyWorkersMadeIt() {
        byte[] content = lines(8_000_000, 3);
        byte[] expected = write(content).file();
        for (int count = 1; count <= 8; count++) {
            ExecutorService executor = Executors.newFixedThreadPool(count);
            try {
                Compression compression = new Compression(new Workers(executor, count), Codecs.jdk(), Effort.fixed(6));

                assertThat(write(content, 65_536, compression, Optional.empty()).file())
                        .as("%s workers", count)
                        .isEqualTo(expected);
            } finally {
                executor.shutdown();
            }
        }
    }

    @Test
    void keepsNameAndTimeForGunzipAndNoPath(@TempDir Path directory) throws Exception {
        byte[] content = lines(2_000_000, 4);
        Path archive = Files.write(directory.resolve("a.gz"), write(content).file());

        Process gunzip = new ProcessBuilder("gunzip", "-kN", archive.toString())
                .inheritIO()
                .start();

        assertThat(gunzip.waitFor()).isZero();
        assertThat(directory.resolve("till.sql")).hasBinaryContent(content);
        assertThat(Files.getLastModifiedTime(directory.resolve("till.sql")).toInstant())
                .isEqualTo(ArchiveSamples.TIME);
    }

    @Test
    void provesAMemberBeforeItGivesOutTheFirstByteOfIt() throws IOException {
        Sample written = write(lines(1_000_000, 5));
        Member second = written.index().get(1);
        byte[] damaged = written.file().clone();
        damaged[(int) second.storedOffset() + second.storedLength() / 2] ^= 1;

        try (ArchiveInput input = proven(damaged, written.index())) {
            assertThat(input.readNBytes(second.contentLength() * 10)).isNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("member 1 is damaged");
        }
        try (ArchiveInput input = proven(damaged, written.index())) {
            byte[] first = input.readNBytes((int) second.contentOffset());
            assertThat(first).hasSize((int) second.contentOffset());
            assertThatIOException().isThrownBy(input::read);
        }
    }

    @Test
    void readsToTheEndOfTheFileOrNotAtAll() throws IOException {
        Sample written = write(lines(1_000_000, 5));
        byte[] more = Arrays.copyOf(written.file(), written.file().length + 1);
        byte[] otherwise = written.file().clone();
        otherwise[4] ^= 1;

        try (ArchiveInput input = proven(more, written.index())) {
            assertThatIOException().isThrownBy(input::readAllBytes).withMessageContaining("goes on");
        }
        assertThatIOException().isThrownBy(() -> proven(otherwise, written.index()));
    }

    @Test
    void readsOnlySoFarWithoutFindingContent() throws IOException {
        byte[] endless = new byte[3 << 20];
        Arrays.fill(endless, (byte) 'x');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, 0, endless, 0, 10);

        assertThatIOException().isThrownBy(() -> any(endless, Long.MAX_VALUE)).withMessageContaining("no content in");
        // Members with nothing in them, one after the other.
        byte[] nothing = write(new byte[0]).file();
        byte[] empty = new byte[(3 << 20) / nothing.length * nothing.length];
        for (int i = 0; i < empty.length; i += nothing.length) {
            System.arraycopy(nothing, 0, empty, i, nothing.length);
        }
        try (ArchiveInput input = any(empty, Long.MAX_VALUE)) {
            assertThatIOException().isThrownBy(input::finish).withMessageContaining("no content in");
        }
    }

    @Test
    void expandsToNoMoreThanWasAnnounced() throws IOException {
        byte[] bomb = write(new byte[50_000_000]).file();

        try (ArchiveInput input = any(bomb, 1000)) {
            assertThatIOException().isThrownBy(input::finish).withMessageContaining("longer than 1000");
        }
    }

    @Test
    void copiesMembersThatTheLastArchiveHas(@TempDir Path directory) throws IOException {
        byte[] yesterday = lines(5_000_000, 6);
        byte[] today = Arrays.copyOf(yesterday, 5_300_000);
        System.arraycopy(lines(300_000, 7), 0, today, 5_000_000, 300_000);
        Sample old = write(yesterday);

        try (ArchiveFile known = ArchiveFile.open(Files.write(directory.resolve("old.gz"), old.file()), old.index())) {
            // At another effort, so that what was copied can be told from what was made.
            Compression fast = new Compression(new Workers(Runnable::run, 1), Codecs.jdk(), Effort.fixed(1));
            Sample copied = write(today, 4099, fast, Optional.of(known));

            assertThat(copied.index().contentSha256())
                    .isEqualTo(write(today).index().contentSha256());
            long equal = IntStream.range(0, old.index().size() - 1)
                    .filter(i -> old.index().get(i).storedCrc()
                            == copied.index().get(i).storedCrc())
                    .count();
            assertThat(equal).isEqualTo(old.index().size() - 1);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(copied.file())).readAllBytes())
                    .isEqualTo(today);
        }
    }

    @Test
    void makesAMemberAnewWhereTheLastArchiveIsDamaged(@TempDir Path directory) throws IOException {
        byte[] content = lines(3_000_000, 8);
        Sample old = write(content);
        byte[] damaged = old.file().clone();
        for (Member member : old.index()) {
            damaged[(int) member.storedOffset() + 30] ^= 8;
        }

        try (ArchiveFile known = ArchiveFile.open(Files.write(directory.resolve("old.gz"), damaged), old.index())) {
            Sample fresh = write(content, 4099, compression(1), Optional.of(known));

            assertThat(fresh.file()).isEqualTo(old.file());
        }
    }

    @Test
    void hasAnyMemberWithoutThoseBeforeIt(@TempDir Path directory) throws IOException {
        byte[] content = lines(3_000_000, 9);
        Sample written = write(content);

        try (ArchiveFile file =
                ArchiveFile.open(Files.write(directory.resolve("a.gz"), written.file()), written.index())) {
            Member last = written.index().get(written.index().size() - 1);
            int from = (int) last.contentOffset();

            assertThat(file.content(last)).isEqualTo(Arrays.copyOfRange(content, from, content.length));
        }
    }

    @Test
    void givesWhateverTheFileRefusesToWhoeverWrites() {
        OutputStream full = new OutputStream() {
            private int room = 100_000;

            @Override
            public void write(int b) throws IOException {
                if (--room < 0) {
                    throw new IOException("no space left");
                }
            }
        };
        byte[] content = noise(4_000_000, 10);

        assertThatIOException()
                .isThrownBy(() -> {
                    try (ArchiveWriter writer = new ArchiveWriter(
                            full, "till.sql", ArchiveSamples.TIME, compression(2), Optional.empty())) {
                        writer.write(content);
                        writer.finish();
                    }
                })
                .withMessage("no space left");
    }

    @Test
    void endsNoArchiveWhoseFileHasRefusedAMember() throws IOException {
        OutputStream refusing = new OutputStream() {
            private int writes;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (++writes == 3) {
                    throw new IOException("just this once");
                }
            }
        };
        try (ArchiveWriter writer =
                new ArchiveWriter(refusing, "till.sql", ArchiveSamples.TIME, compression(1), Optional.empty())) {
            byte[] content = noise(8_000_000, 11);

            assertThatIOException().isThrownBy(() -> writer.write(content)).withMessage("just this once");
            assertThatIOException().isThrownBy(writer::finish).withMessage("it failed before");
        }
    }

    private static byte[] mixed(Random random) {
        byte[] content = new byte[random.nextInt(1_500_000)];
        for (int from = 0; from < content.length; ) {
            int length = Math.min(content.length - from, 1 + random.nextInt(400_000));
            switch (random.nextInt(3)) {
                case 0 -> System.arraycopy(lines(length, random.nextInt(3)), 0, content, from, length);
                case 1 -> System.arraycopy(noise(length, random.nextInt(3)), 0, content, from, length);
                default -> Arrays.fill(content, from, from + length, (byte) random.nextInt(3));
            }
            from += length;
        }
        return content;
    }

    private static ArchiveInput proven(byte[] file, MemberIndex index) throws IOException {
        return ArchiveInput.proven(new ByteArrayInputStream(file), index, bytes -> {});
    }

    private static ArchiveInput any(byte[] file, long limit) throws IOException {
        return ArchiveInput.any(new ByteArrayInputStream(file), limit, bytes -> {});
    }
}
