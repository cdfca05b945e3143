package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SalvageTest {
    private static byte[] content;
    private static Sample written;
    private static MemberIndex index;

    @TempDir
    private Path directory;

    /** Once: no test changes it. */
    @BeforeAll
    static void write() {
        content = ArchiveSamples.lines(30_000_000, 1);
        written = ArchiveSamples.write(content);
        index = written.index();
    }

    @AfterAll
    static void forget() {
        content = null;
        written = null;
        index = null;
    }

    @Test
    void recoversAllOfAWholeArchive() throws IOException {
        assertThat(salvage(written.file(), true))
                .isEqualTo(new Salvage.Recovered(index.size(), content.length, List.of()));
        assertThat(salvaged).isEqualTo(content);
        assertThat(salvage(written.file(), false).gaps()).isEmpty();
        assertThat(salvaged).isEqualTo(content);
    }

    @Test
    void recoversEveryMemberThatNoFlippedBitHasHit() throws IOException {
        Random random = new Random(2);
        TreeSet<Integer> hit = new TreeSet<>();
        byte[] damaged = written.file().clone();
        for (int i = 0; i < 6; i++) {
            Member member = index.get(random.nextInt(index.size()));
            hit.add(member.ordinal());
            damaged[(int) member.storedOffset() + random.nextInt(member.storedLength())] ^=
                    (byte) (1 << random.nextInt(8));
        }

        Salvage.Recovered recovered = salvage(damaged, true);

        assertThat(recovered.members()).isEqualTo(index.size() - hit.size());
        assertThat(salvaged).isEqualTo(without(hit));
        assertThat(recovered.gaps().stream().mapToInt(Salvage.Gap::members).sum())
                .isEqualTo(hit.size());
        assertThat(recovered.gaps().get(0).contentOffset())
                .isEqualTo(index.get(hit.first()).contentOffset());
        assertThat(salvage(damaged, false).members()).isEqualTo(index.size() - hit.size());
    }

    @Test
    void recoversWhatIsBehindALostPiece() throws IOException {
        int from = (int) index.get(20).storedOffset() + 100;
        int to = from + (1 << 20);
        byte[] damaged = new byte[written.file().length - (to - from)];
        System.arraycopy(written.file(), 0, damaged, 0, from);
        System.arraycopy(written.file(), to, damaged, from, written.file().length - to);
        TreeSet<Integer> lost = new TreeSet<>();
        for (Member member : index) {
            if (member.storedOffset() < to && member.storedOffset() + member.storedLength() > from) {
                lost.add(member.ordinal());
            }
        }

        Salvage.Recovered recovered = salvage(damaged, true);

        assertThat(salvaged).isEqualTo(without(lost));
        assertThat(recovered.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.members()).isEqualTo(lost.size());
            assertThat(gap.contentOffset()).isEqualTo(index.get(lost.first()).contentOffset());
        });
    }

    @Test
    void tellsWhatIsMissingAtTheEndOfACutFile() throws IOException {
        Member half = index.get(index.size() / 2);

        Salvage.Recovered recovered = salvage(Arrays.copyOf(written.file(), (int) half.storedOffset() + 1), true);

        assertThat(recovered.members()).isEqualTo(half.ordinal());
        assertThat(recovered.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.members()).isEqualTo(index.size() - half.ordinal());
            assertThat(gap.contentBytes()).isEqualTo(content.length - half.contentOffset());
        });
    }

    @Test
    void tellsWithoutAnIndexWhereTheFileIsDamaged() throws IOException {
        byte[] damaged = written.file().clone();
        List<Member> hit = List.of(index.get(0), index.get(30), index.get(31), index.get(index.size() - 1));
        hit.forEach(member -> damaged[(int) member.storedOffset() + 40] ^= 1);

        assertThat(salvage(damaged, false).gaps())
                .extracting(Salvage.Gap::storedOffset)
                .containsExactly(
                        hit.get(0).storedOffset(),
                        hit.get(1).storedOffset(),
                        hit.get(3).storedOffset());
        damaged[0] ^= 1;
        assertThat(salvage(damaged, false).gaps())
                .extracting(Salvage.Gap::storedOffset)
                .containsExactly(0L, hit.get(1).storedOffset(), hit.get(3).storedOffset());
    }

    @Test
    void recoversAllWhereOnlyTheFirstMemberIsDamaged() throws IOException {
        byte[] damaged = written.file().clone();
        damaged[0] ^= 1;

        assertThat(salvage(damaged, true).gaps()).isEmpty();
        assertThat(salvaged).isEqualTo(content);
    }

    /** As when a disk writes a piece of a file to the wrong place. */
    @Test
    void isNotMisledByAPieceFromFurtherBehind() throws IOException {
        byte[] damaged = written.file().clone();
        Member last = index.get(index.size() - 1);
        int from = (int) index.get(5).storedOffset();
        System.arraycopy(damaged, (int) last.storedOffset(), damaged, from, last.storedLength());
        TreeSet<Integer> lost = new TreeSet<>();
        for (Member member : index) {
            if (member.storedOffset() < from + last.storedLength()
                    && member.storedOffset() + member.storedLength() > from) {
                lost.add(member.ordinal());
            }
        }

        Salvage.Recovered recovered = salvage(damaged, true);

        assertThat(recovered.members()).isEqualTo(index.size() - lost.size());
        assertThat(salvaged).isEqualTo(without(lost));
    }

    @Test
    void takesALostMemberFromItsTwin() throws IOException {
        byte[] zeros = new byte[5 << 20];
        Sample same = ArchiveSamples.write(zeros);
        assertThat(same.index().size()).isGreaterThan(4);
        byte[] damaged = same.file().clone();
        damaged[(int) same.index().get(1).storedOffset() + 30] ^= 1;

        Salvage.Recovered recovered = salvage(damaged, Optional.of(same.index()));

        assertThat(recovered.gaps()).isEmpty();
        assertThat(salvaged).isEqualTo(zeros);
    }

    /** Searched one after the other, their product would take hours. */
    @Test
    @Timeout(300)
    void isNotSlowedByMembersThatNobodyWants() throws IOException {
        byte[] one = ArchiveSamples.write(new byte[] {1}).file();
        int head = one.length - (MemberFormat.HEADER + 3 + MemberFormat.TRAILER);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(one, 0, head);
        MemberIndex.Builder many = new MemberIndex.Builder(Arrays.copyOf(one, head));
        for (int i = 0; i < 200_000; i++) {
            file.write(one, head, one.length - head);
            many.add(
                    1,
                    31,
                    0,
                    new Digest(ByteBuffer.allocate(Digest.LENGTH).putInt(i).array()));
        }

        assertThat(salvage(file.toByteArray(), Optional.of(many.build())).members())
                .isZero();
    }

    @Test
    @Timeout(300)
    void isNotSlowedByFalseBeginnings() throws IOException {
        byte[] begin = Arrays.copyOfRange(
                written.file(),
                (int) index.get(0).storedOffset(),
                (int) index.get(0).storedOffset() + 20);
        begin[16] = 28;
        begin[17] = 0;
        begin[18] = 0;
        byte[] file = new byte[40_000_000];
        for (int i = 0; i < file.length; i += begin.length) {
            System.arraycopy(begin, 0, file, i, begin.length);
        }

        assertThatIOException()
                .isThrownBy(() -> salvage(file, false))
                .withMessageContaining("too many false beginnings");
    }

    @Test
    void findsNothingInNoise() throws IOException {
        assertThat(salvage(ArchiveSamples.noise(3_000_000, 3), false).members()).isZero();
        assertThat(salvage(new byte[0], true).gaps()).hasSize(1);
    }

    private byte[] salvaged;

    private Salvage.Recovered salvage(byte[] file, boolean indexed) throws IOException {
        return salvage(file, indexed ? Optional.of(index) : Optional.empty());
    }

    private Salvage.Recovered salvage(byte[] file, Optional<MemberIndex> itsIndex) throws IOException {
        Path path = Files.write(directory.resolve("damaged.gz"), file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Salvage salvage = new Salvage(path, itsIndex)) {
            Salvage.Recovered recovered = salvage.recover(out);
            salvaged = out.toByteArray();
            return recovered;
        }
    }

    private byte[] without(Set<Integer> members) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (Member member : index) {
            if (!members.contains(member.ordinal())) {
                rest.write(content, (int) member.contentOffset(), member.contentLength());
            }
        }
        return rest.toByteArray();
    }
}
