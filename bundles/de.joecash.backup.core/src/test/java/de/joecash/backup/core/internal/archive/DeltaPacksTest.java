package de.joecash.backup.core.internal.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that hold changed members as what they differ in from those of the day before. */
class DeltaPacksTest {
    @TempDir
    private Path directory;

    private Sample monday;
    private Sample tuesday;
    private Sample wednesday;

    @BeforeEach
    void threeDays() throws IOException {
        byte[] rows = ArchiveSamples.lines(3_000_000, 1);
        monday = ArchiveSamples.write(rows);
        byte[] second = changed(rows, 1);
        tuesday = after(monday, second);
        wednesday = after(tuesday, changed(second, 2));
    }

    @Test
    void areMuchShorterThanTheMembersThatChanged() throws IOException {
        Pack whole = pack(tuesday, monday, false);
        Pack pack = pack(tuesday, monday, true);

        assertThat(whole.index.members().size()).isBetween(4, 12);
        assertThat(pack.index.members().size()).isZero();
        assertThat(pack.index.deltas()).hasSize(whole.index.members().size());
        assertThat(pack.file.length).isLessThan(whole.file.length / 50);
        // Like every pack, it is a gzip file.
        assertThat(new GZIPInputStream(new ByteArrayInputStream(pack.file)).readAllBytes())
                .isNotEmpty();
    }

    @Test
    void makeTheVeryBytesOfTheArchiveAgain() throws IOException {
        byte[] pack = pack(tuesday, monday, true).file;

        assertThat(assembled(tuesday, pack, monday.file())).isEqualTo(tuesday.file());
    }

    /** What came as a delta on Tuesday is no base: who makes it again needs one file for each delta, and no more. */
    @Test
    void restOnWhatLiesWholeThoughItIsOlder() throws IOException {
        Pack second = pack(tuesday, monday, true);
        Set<Digest> whole = new HashSet<>();
        monday.index().forEach(member -> whole.add(member.sha256()));
        Pack third = pack(
                wednesday,
                member -> monday.index().holds(member)
                        || second.index.deltas().stream().anyMatch(delta -> delta.gives(member)),
                whole::contains,
                tuesday,
                monday);

        assertThat(third.index.members().size()).isZero();
        assertThat(third.index.deltas()).isNotEmpty().allMatch(delta -> whole.contains(delta.base()));
        assertThat(assembled(wednesday, third.file, second.file, monday.file())).isEqualTo(wednesday.file());
        // What they rest on has to come after them: it was there before.
        assertThatIOException()
                .isThrownBy(() -> assembled(wednesday, monday.file(), third.file, second.file))
                .withMessageContaining("missing");
    }

    @Test
    void restOnAnyBytesOfTheSameContent() throws IOException {
        Pack pack = pack(tuesday, monday, true);
        Sample otherBytes =
                ArchiveSamples.write(contentOf(monday), 4099, compression(1, Codecs.jdk()), Optional.empty());

        try (Assembly assembly = new Assembly(tuesday.index(), (at, bytes, length) -> {})) {
            assembly.take(new ByteArrayInputStream(pack.file));
            assembly.take(new ByteArrayInputStream(otherBytes.file()));

            assertThat(assembly.missing())
                    .isEqualTo(tuesday.index().size() - pack.index.deltas().size());
        }
    }

    @Test
    void areNextToNothingWhereTheSameContentIsThereInOtherBytes() throws IOException {
        Sample otherBytes =
                ArchiveSamples.write(contentOf(monday), 4099, compression(1, Codecs.jdk()), Optional.empty());
        Sample made = after(monday, contentOf(tuesday));
        Sample again = ArchiveSamples.write(contentOf(made), 4099, compression(6, new Portable()), Optional.empty());

        Pack pack = pack(again, otherBytes, true);

        assertThat(pack.file.length).isLessThan(again.index().size() * 400);
        assertThat(assembled(again, pack.file, otherBytes.file())).isEqualTo(again.file());
    }

    @Test
    void holdWholeWhatCannotBeMadeAgainOrRestsOnNothingThatIsThere() throws IOException {
        Sample otherMaker =
                ArchiveSamples.write(contentOf(tuesday), 4099, compression(6, new OtherBytes()), Optional.empty());

        assertThat(pack(otherMaker, monday, true).index.deltas()).isEmpty();
        assertThat(pack(tuesday, monday, false).index.deltas()).isEmpty();
    }

    @Test
    void areNotShortOfAMemberWhereTheEarlierArchiveIsDamaged() throws IOException {
        byte[] damaged = monday.file().clone();
        Arrays.fill(damaged, 1000, damaged.length, (byte) 0);
        Pack pack = pack(tuesday, new Sample(damaged, monday.digest(), monday.index()), true);

        assertThat(pack.index.deltas()).isEmpty();
        assertThat(assembled(tuesday, pack.file, monday.file())).isEqualTo(tuesday.file());
    }

    @Test
    void areRefusedWhereABitOfADeltaHasFlipped() throws IOException {
        byte[] pack = pack(tuesday, monday, true).file;
        pack[pack.length - 20] ^= 4;

        assertThatIOException()
                .isThrownBy(() -> assembled(tuesday, pack, monday.file()))
                .withMessageContaining("delta");
    }

    /** Whole with their CRCs, and still not what they promise. */
    @Test
    void areRefusedWhereADeltaGivesSomethingElse() throws IOException {
        Member wanted = firstChanged();
        Member base = monday.index().get(wanted.ordinal());
        byte[] content;
        try (ArchiveFile earlier = file(monday)) {
            content = earlier.content(base);
        }
        DeltaMember of = new DeltaMember(
                base.sha256(), wanted.sha256(), wanted.contentLength(), wanted.storedLength(), wanted.storedCrc(), 9);
        byte[] forged = DeltaFormat.member(new DeltaFormat.Packed(
                of,
                content.length,
                MemberFormat.crc(content, content.length),
                6,
                Delta.of(content, new byte[wanted.contentLength()])));
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.writeBytes(monday.index().head());
        pack.writeBytes(forged);

        assertThatIOException()
                .isThrownBy(() -> assembled(tuesday, pack.toByteArray(), monday.file()))
                .withMessageContaining("something else");
    }

    /** Each of them small, and many: they would be kept until what they rest on has come. */
    @Test
    void areRefusedWhereThereAreMoreThanFit() throws IOException {
        Pack pack = pack(tuesday, monday, true);
        byte[] delta = Arrays.copyOfRange(pack.file, pack.file.length - lastMember(pack.file), pack.file.length);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(monday.index().head());
        for (int i = 0; i < 40_000; i++) {
            many.writeBytes(delta);
        }

        assertThatIOException()
                .isThrownBy(() -> assembled(tuesday, many.toByteArray(), monday.file()))
                .withMessageContaining("too many deltas");
    }

    private static int lastMember(byte[] pack) {
        int length = 1;
        while (MemberFormat.anyLength(Arrays.copyOfRange(pack, pack.length - length, pack.length))
                .isEmpty()) {
            length++;
        }
        return length;
    }

    /** Right, and in bytes that no level gives: an empty stored block comes first (RFC 1951, section 3.2.4). */
    private static final class OtherBytes extends RenamedJdkCodec {
        private static final byte[] EMPTY_BLOCK = {0, 0, 0, -1, -1};

        @Override
        public Deflating deflater(int level) {
            Deflating jdk = super.deflater(level);
            return new Deflating() {
                @Override
                public int deflate(byte[] content, int length, byte[] into, int offset) {
                    System.arraycopy(EMPTY_BLOCK, 0, into, offset, EMPTY_BLOCK.length);
                    return EMPTY_BLOCK.length + jdk.deflate(content, length, into, offset + EMPTY_BLOCK.length);
                }

                @Override
                public void close() {
                    jdk.close();
                }
            };
        }
    }

    /** All by itself, as after an earlier archive was found damaged. */
    private static final class Portable extends RenamedJdkCodec {
        @Override
        public Deflating deflater(int level) {
            return new PortableDeflating(level);
        }
    }

    private static Compression compression(int level, Codec codec) {
        return new Compression(new Workers(Runnable::run, 1), codec, Effort.fixed(level));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Pack(byte[] file, PackIndex index) {}

    private Member firstChanged() {
        for (Member member : tuesday.index()) {
            if (monday.index().find(member.sha256()).isEmpty()) {
                return member;
            }
        }
        throw new AssertionError("nothing changed");
    }

    private Pack pack(Sample archive, Sample before, boolean withDeltas) throws IOException {
        return pack(archive, before.index()::holds, any -> withDeltas, before);
    }

    private Pack pack(Sample archive, Predicate<Member> known, Predicate<Digest> whole, Sample... before)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<ArchiveFile> earlier = new ArrayList<>();
        for (Sample one : before) {
            earlier.add(file(one));
        }
        try (ArchiveFile file = file(archive);
                DeltaMaker deltas = new DeltaMaker(earlier, whole, any -> true, () -> {})) {
            PackIndex index = Packs.write(file, known, deltas, out);
            return new Pack(out.toByteArray(), index);
        } finally {
            for (ArchiveFile one : earlier) {
                one.close();
            }
        }
    }

    private static byte[] assembled(Sample wanted, byte[]... files) throws IOException {
        byte[] out = new byte[wanted.file().length];
        try (Assembly assembly = new Assembly(
                wanted.index(), (at, bytes, length) -> System.arraycopy(bytes, 0, out, (int) at, length))) {
            for (byte[] file : files) {
                assembly.take(new ByteArrayInputStream(file));
            }
            if (assembly.missing() > 0) {
                throw new IOException(assembly.missing() + " are missing");
            }
        }
        return out;
    }

    private Sample after(Sample before, byte[] content) throws IOException {
        try (ArchiveFile known = file(before)) {
            return ArchiveSamples.write(content, 4099, ArchiveSamples.compression(1), Optional.of(known));
        }
    }

    private ArchiveFile file(Sample sample) throws IOException {
        Path path = Files.createTempFile(directory, "part", ".gz");
        return ArchiveFile.open(Files.write(path, sample.file()), sample.index());
    }

    private static byte[] contentOf(Sample sample) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(sample.file())).readAllBytes();
    }

    /** A few rows, far from one another. */
    private static byte[] changed(byte[] rows, int day) {
        StringBuilder text = new StringBuilder(new String(rows, US_ASCII));
        for (int at = 200_000 + day * 7_000; at < text.length() - 1000; at += 400_000) {
            int row = text.indexOf("\tDamenschnitt\t", at);
            text.replace(row, row + 13, "\tStorno " + day);
        }
        return text.toString().getBytes(US_ASCII);
    }
}
