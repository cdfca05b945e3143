package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
    /** Time of the processor, not of a clock: other processes do not matter. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    private static Path directory;

    /** From a file, because Jazzer watches no class that was loaded before it. */
    private static Stream<Arguments> seeds() throws IOException {
        return lines("archives").map(Arguments::of);
    }

    /** A content's length in four bytes, and DEFLATE data. */
    private static Stream<Arguments> members() throws IOException {
        return lines("members").map(Arguments::of);
    }

    private static Stream<byte[]> lines(String name) throws IOException {
        try (InputStream in = ArchiveFuzzTest.class.getResourceAsStream("fuzz-" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines().toList().stream().map(Base64.getDecoder()::decode);
        }
    }

    @Test
    void startsFromArchivesThatAreRight() throws IOException {
        byte[] first = lines("archives").findFirst().orElseThrow();

        prove(hostileFile(first), hostileIndex(first));

        assertThat(check(hostileFile(first), hostileIndex(first), Codecs.jdk()).whole())
                .isTrue();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void index(byte[] input) {
        within(() -> {
            MemberIndex index = hostileIndex(input);
            assertThat(IndexFormat.read(IndexFormat.write(index))).isEqualTo(index);
            for (Member member : index) {
                assertThat(index.find(member.sha256()).orElseThrow().sha256()).isEqualTo(member.sha256());
            }
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void anyGzip(byte[] input) {
        within(() -> {
            try (ArchiveInput in = ArchiveInput.any(new ByteArrayInputStream(hostileFile(input)), LIMIT, read -> {})) {
                assertThat(in.finish().contentBytes()).isLessThanOrEqualTo(LIMIT);
            }
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void provenAndChecked(byte[] input) {
        within(() -> prove(hostileFile(input), hostileIndex(input)));
    }

    /** A member whose index was forged to match: only the inflaters stand between its data and the memory. */
    @MethodSource("members")
    @FuzzTest(maxDuration = "120s")
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
            assertThat(check(file.toByteArray(), index, Fastest.CODEC).whole()).isFalse();
            prove(file.toByteArray(), index);
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void salvage(byte[] input) {
        within(() -> salvage(Optional.of(hostileIndex(input)), hostileFile(input)));
        within(() -> salvage(Optional.empty(), hostileFile(input)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
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
                Packs.write(part, member -> false, OutputStream.nullOutputStream());
            }
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "90s")
    void assembleFromHostileStreams(byte[] input) {
        Sample wanted = ArchiveSamples.write(ArchiveSamples.lines(5_000, 1));
        within(() -> {
            byte[] out = new byte[wanted.file().length];
            try (Assembly assembly = new Assembly(
                    wanted.index(), (at, bytes, length) -> System.arraycopy(bytes, 0, out, (int) at, length))) {
                assembly.take(new ByteArrayInputStream(hostileFile(input)));
                if (assembly.missing() == 0) {
                    assertThat(out).isEqualTo(wanted.file());
                }
            }
        });
        within(() -> {
            try (Assembly assembly = new Assembly(hostileIndex(input), (at, bytes, length) -> {})) {
                assembly.take(new ByteArrayInputStream(hostileFile(input)));
            }
        });
    }

    private static void prove(byte[] file, MemberIndex index) throws IOException {
        boolean whole = check(file, index, Codecs.jdk()).whole();
        assertThat(check(file, index, Fastest.CODEC).whole()).isEqualTo(whole);
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
        Duration best = took(attempt);
        // Where a machine is shared, what others do may count as a thread's own; hostile input is slow each time.
        for (int again = 0; again < 3 && best.compareTo(PATIENCE) >= 0; again++) {
            best = Collections.min(List.of(best, took(attempt)));
        }
        assertThat(best).isLessThan(PATIENCE);
    }

    private static Duration took(Attempt attempt) {
        long begun = THREADS.getCurrentThreadCpuTime();
        try {
            attempt.run();
        } catch (IOException e) {
            // Refused, as hostile input should be.
        }
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begun);
    }

    /** Loaded when it is used. */
    private static final class Fastest {
        static final Codec CODEC = Codecs.fastest(line -> {});

        private Fastest() {}
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
