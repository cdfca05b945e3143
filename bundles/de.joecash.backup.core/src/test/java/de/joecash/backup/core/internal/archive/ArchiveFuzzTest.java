package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile files and hostile indexes, alone and together. Runs on its seeds; where {@code JAZZER_FUZZ=1}, searches for
 * others, one method at a time. An input is the length of an index in two bytes, the index without its checksum, and a
 * file.
 */
class ArchiveFuzzTest {
    private static final long LIMIT = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Codec FASTEST = Codecs.fastest(line -> {});

    @TempDir
    private static Path directory;

    private static Stream<Arguments> seeds() {
        return Stream.of(new byte[0], new byte[] {1}, new byte[2000], ArchiveSamples.lines(5_000, 1))
                .map(ArchiveSamples::write)
                .flatMap(sample -> Stream.of(
                        input(sample.index(), sample.file()),
                        input(ArchiveSamples.write(ArchiveSamples.lines(100, 2)).index(), sample.file())))
                .map(Arguments::of);
    }

    /** DEFLATE data of several kinds. */
    private static Stream<Arguments> members() {
        return Stream.of(new byte[] {1}, new byte[2000], ArchiveSamples.lines(5_000, 1), ArchiveSamples.noise(300, 1))
                .map(ArchiveSamples::write)
                .map(sample -> {
                    Member first = sample.index().get(0);
                    int from = (int) first.storedOffset();
                    byte[] data = Arrays.copyOfRange(
                            sample.file(),
                            from + MemberFormat.HEADER,
                            from + first.storedLength() - MemberFormat.TRAILER);
                    return ByteBuffer.allocate(4 + data.length)
                            .putInt(first.contentLength())
                            .put(data)
                            .array();
                })
                .map(Arguments::of);
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void index(byte[] input) {
        within(() -> {
            MemberIndex index = hostileIndex(input);
            assertThat(IndexFormat.read(IndexFormat.write(index))).isEqualTo(index);
            for (Member member : index) {
                assertThat(index.find(member.sha256()).orElseThrow().sha256()).isEqualTo(member.sha256());
            }
        });
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void anyGzip(byte[] input) {
        within(() -> {
            try (ArchiveInput in = ArchiveInput.any(new ByteArrayInputStream(hostileFile(input)), LIMIT, read -> {})) {
                assertThat(in.finish().contentBytes()).isLessThanOrEqualTo(LIMIT);
            }
        });
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void provenAndChecked(byte[] input) {
        within(() -> prove(hostileFile(input), hostileIndex(input)));
    }

    /** A member whose index was forged to match: only the inflaters stand between its data and the memory. */
    @FuzzTest(maxDuration = "120s")
    @MethodSource("members")
    void forgedMember(byte[] input) {
        if (input.length < 5) {
            return;
        }
        within(() -> {
            int contentLength = 1 + Math.floorMod(ByteBuffer.wrap(input).getInt(), Cutter.MAX);
            byte[] member = new byte[MemberFormat.HEADER + input.length - 4 + MemberFormat.TRAILER];
            System.arraycopy(input, 4, member, MemberFormat.HEADER, input.length - 4);
            MemberFormat.frame(member, input.length - 4, 0, contentLength);
            Sample empty = ArchiveSamples.write(new byte[0]);
            MemberIndex index = new MemberIndex.Builder(empty.file())
                    .add(
                            contentLength,
                            member.length,
                            MemberFormat.crc(member, member.length),
                            new Digest(new byte[Digest.LENGTH]))
                    .build();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(empty.file());
            file.writeBytes(member);
            assertThat(check(file.toByteArray(), index, Codecs.jdk()).whole()).isFalse();
            assertThat(check(file.toByteArray(), index, FASTEST).whole()).isFalse();
            prove(file.toByteArray(), index);
        });
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void salvage(byte[] input) {
        within(() -> salvage(Optional.of(hostileIndex(input)), hostileFile(input)));
        within(() -> salvage(Optional.empty(), hostileFile(input)));
    }

    @FuzzTest(maxDuration = "90s")
    @MethodSource("seeds")
    void assembleFromHostileParts(byte[] input) {
        Sample wanted = ArchiveSamples.write(ArchiveSamples.lines(5_000, 1));
        Path file = write(hostileFile(input));
        within(() -> {
            MemberIndex hostile = hostileIndex(input);
            try (ArchiveFile part = ArchiveFile.open(file, hostile)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Written written = Packs.assemble(wanted.index(), List.of(part), out);
                assertThat(out.toByteArray()).isEqualTo(wanted.file());
                assertThat(written.digest()).isEqualTo(wanted.digest());
            }
        });
        within(() -> {
            MemberIndex hostile = hostileIndex(input);
            try (ArchiveFile part = ArchiveFile.open(file, hostile)) {
                Packs.assemble(hostile, List.of(part), OutputStream.nullOutputStream());
                Packs.write(part, digest -> false, OutputStream.nullOutputStream());
            }
        });
    }

    private static void prove(byte[] file, MemberIndex index) throws IOException {
        boolean whole = check(file, index, Codecs.jdk()).whole();
        assertThat(check(file, index, FASTEST).whole()).isEqualTo(whole);
        byte[] content;
        try (ArchiveInput in = ArchiveInput.proven(new ByteArrayInputStream(file), index, read -> {})) {
            content = in.readAllBytes();
        } catch (IOException e) {
            assertThat(whole).isFalse();
            throw e;
        }
        assertThat(content).hasSize((int) index.contentBytes());
    }

    private static ArchiveCheck.Finding check(byte[] file, MemberIndex index, Codec codec) throws IOException {
        return new ArchiveCheck(index, new Workers(Runnable::run, 1), codec)
                .check(new ByteArrayInputStream(file), read -> {});
    }

    private static void salvage(Optional<MemberIndex> index, byte[] file) throws IOException {
        try (Salvage salvage = new Salvage(write(file), index)) {
            Salvage.Recovered recovered = salvage.recover(OutputStream.nullOutputStream());
            if (index.isPresent()) {
                int missing =
                        recovered.gaps().stream().mapToInt(Salvage.Gap::members).sum();
                assertThat(recovered.members() + missing).isEqualTo(index.get().size());
            }
        }
    }

    /** What may throw nothing but {@link IOException}, and that soon. */
    private interface Attempt {
        void run() throws IOException;
    }

    private static void within(Attempt attempt) {
        long begun = System.nanoTime();
        try {
            attempt.run();
        } catch (IOException e) {
            // Refused, as hostile input should be.
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
    }

    private static byte[] input(MemberIndex index, byte[] file) {
        byte[] bytes = IndexFormat.write(index);
        return ByteBuffer.allocate(2 + bytes.length - 4 + file.length)
                .putShort((short) (bytes.length - 4))
                .put(bytes, 0, bytes.length - 4)
                .put(file)
                .array();
    }

    private static MemberIndex hostileIndex(byte[] input) throws IOException {
        byte[] body = Arrays.copyOfRange(input, Math.min(2, input.length), middle(input));
        return IndexFormat.read(ByteBuffer.allocate(body.length + 4)
                .put(body)
                .putInt(MemberFormat.crc(body, body.length))
                .array());
    }

    private static byte[] hostileFile(byte[] input) {
        return Arrays.copyOfRange(input, middle(input), input.length);
    }

    private static int middle(byte[] input) {
        return input.length < 2
                ? input.length
                : Math.min(input.length, 2 + (ByteBuffer.wrap(input).getShort() & 0xffff));
    }

    private static Path write(byte[] file) {
        try {
            return Files.write(directory.resolve("hostile.gz"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
