package de.joecash.backup.core.internal.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
    private final Sample monday = ArchiveSamples.write(ArchiveSamples.lines(6_000_000, 1));
    private final Sample tuesday = tuesday();

    @TempDir
    private Path directory;

    @Test
    void makesAnArchiveAgainFromPacksAndFullOnesInAnyOrder() throws IOException {
        byte[] pack = pack(tuesday, monday.index());

        assertThat(pack.length).isLessThan(tuesday.file().length / 2);
        assertThat(assembled(tuesday, pack, monday.file())).isEqualTo(tuesday.file());
        assertThat(assembled(tuesday, monday.file(), pack)).isEqualTo(tuesday.file());
        assertThat(assembled(tuesday, tuesday.file())).isEqualTo(tuesday.file());
    }

    @Test
    void countsWhatIsMissing() throws IOException {
        byte[] pack = pack(tuesday, monday.index());
        try (Assembly assembly = new Assembly(tuesday.index(), (at, bytes, length) -> {})) {
            assertThat(assembly.missing()).isEqualTo(tuesday.index().size());
            assembly.take(new ByteArrayInputStream(monday.file()));
            assertThat(assembly.missing()).isBetween(1, 6);
            assembly.take(new ByteArrayInputStream(pack));
            assertThat(assembly.missing()).isZero();
        }
    }

    @Test
    void refusesWhatIsCutOffOrNoFileOfOurs() {
        byte[] file = monday.file();

        assertThatIOException().isThrownBy(() -> assembled(monday, Arrays.copyOf(file, file.length - 1)));
        assertThatIOException().isThrownBy(() -> assembled(monday, Arrays.copyOf(file, 10)));
        assertThatIOException().isThrownBy(() -> assembled(monday, Arrays.copyOf(file, file.length + 1)));
        assertThatIOException().isThrownBy(() -> assembled(monday, new byte[0]));
        assertThatIOException().isThrownBy(() -> assembled(monday, "something else entirely".getBytes(UTF_8)));
    }

    @Test
    void takesNoMemberOfWhichABitHasFlipped() throws IOException {
        byte[] flipped = monday.file().clone();
        flipped[(int) monday.index().get(0).storedOffset() + 50] ^= 1;
        try (Assembly assembly = new Assembly(monday.index(), (at, bytes, length) -> {})) {
            assembly.take(new ByteArrayInputStream(flipped));

            assertThat(assembly.missing()).isEqualTo(1);
        }
    }

    /** A member whose bytes have the wanted CRC and length, and another content. */
    @Test
    void provesEachMemberByItsDigest() {
        MemberIndex.Builder forged = new MemberIndex.Builder(monday.index().head());
        for (Member member : monday.index()) {
            forged.add(
                    member.contentLength(),
                    member.storedLength(),
                    member.storedCrc(),
                    member.ordinal() == 3 ? new Digest(new byte[Digest.LENGTH]) : member.sha256());
        }
        Sample wanted = new Sample(monday.file(), monday.digest(), forged.build());

        assertThatIOException()
                .isThrownBy(() -> assembled(wanted, monday.file()))
                .withMessageContaining("forged");
    }

    @Test
    void givesEqualMembersEachTheirPlace() throws IOException {
        Sample repeated = ArchiveSamples.write(new byte[4 << 20]);

        assertThat(assembled(
                        repeated,
                        pack(repeated, ArchiveSamples.write(new byte[0]).index())))
                .isEqualTo(repeated.file());
    }

    private static byte[] assembled(Sample wanted, byte[]... files) throws IOException {
        byte[] out = new byte[wanted.file().length];
        try (Assembly assembly = new Assembly(
                wanted.index(), (at, bytes, length) -> System.arraycopy(bytes, 0, out, (int) at, length))) {
            for (byte[] file : files) {
                assembly.take(new ByteArrayInputStream(file));
            }
            assertThat(assembly.missing()).isZero();
        }
        return out;
    }

    private byte[] pack(Sample archive, MemberIndex known) throws IOException {
        Path file = Files.createTempFile(directory, "archive", ".gz");
        Files.write(file, archive.file());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveFile open = ArchiveFile.open(file, archive.index())) {
            Packs.write(open, known::holds, out);
        }
        return out.toByteArray();
    }

    private static Sample tuesday() {
        byte[] content = ArchiveSamples.lines(6_000_000, 1);
        byte[] more = Arrays.copyOf(content, content.length + 50_000);
        System.arraycopy(ArchiveSamples.lines(50_000, 2), 0, more, content.length, 50_000);
        return ArchiveSamples.write(more, 4099, ArchiveSamples.compression(1), Optional.empty());
    }
}
