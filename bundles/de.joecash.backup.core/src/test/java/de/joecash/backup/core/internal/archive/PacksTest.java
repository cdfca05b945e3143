package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksTest {
    private final byte[] monday = ArchiveSamples.lines(6_000_000, 1);
    private final byte[] tuesday = tuesday();

    @TempDir
    private Path directory;

    @Test
    void holdsOnlyWhatIsNotKnownAndMakesTheArchiveAgain() throws IOException {
        Sample old = ArchiveSamples.write(monday);
        Sample fresh = ArchiveSamples.write(tuesday);

        Sample pack = pack(fresh, old.index());

        assertThat(pack.index().size()).isBetween(1, 4);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(pack.file())).readAllBytes())
                .hasSize((int) pack.index().contentBytes());
        assertThat(assembled(fresh.index(), pack, old).file()).isEqualTo(fresh.file());
    }

    @Test
    void saysHowLongAPackIsBeforeItIsWritten() throws IOException {
        Sample old = ArchiveSamples.write(monday);
        Sample fresh = ArchiveSamples.write(tuesday);

        assertThat(Packs.bytes(fresh.index(), old.index()::holds))
                .isEqualTo(pack(fresh, old.index()).file().length);
    }

    @Test
    void takesEqualContentInOtherBytesForAnotherMember() {
        Sample archive = ArchiveSamples.write(monday);
        Compression fast = new Compression(new Workers(Runnable::run, 1), Codecs.jdk(), Effort.fixed(1));
        Sample other = ArchiveSamples.write(monday, 4099, fast, java.util.Optional.empty());

        assertThat(archive.index()).allMatch(archive.index()::holds).noneMatch(other.index()::holds);
        assertThat(Packs.bytes(other.index(), archive.index()::holds)).isEqualTo(other.file().length);
    }

    @Test
    void isEmptyWhereAllIsKnown() throws IOException {
        Sample archive = ArchiveSamples.write(monday);

        Sample pack = pack(archive, archive.index());

        assertThat(pack.index().size()).isZero();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(pack.file())).readAllBytes())
                .isEmpty();
    }

    @Test
    void writesNothingWhereAMemberIsMissing() throws IOException {
        Sample fresh = ArchiveSamples.write(tuesday);
        Sample pack = pack(fresh, ArchiveSamples.write(monday).index());

        assertThatIOException()
                .isThrownBy(() -> assembled(fresh.index(), pack))
                .withMessageContaining("members are missing");
    }

    @Test
    void takesADamagedMemberFromWhereverItIsWhole() throws IOException {
        Sample archive = ArchiveSamples.write(monday);
        Sample damaged = flipped(archive);

        assertThat(assembled(archive.index(), damaged, archive).file()).isEqualTo(archive.file());
        assertThatIOException()
                .isThrownBy(() -> assembled(archive.index(), damaged))
                .withMessageContaining("is damaged wherever it is");
        assertThatIOException()
                .isThrownBy(
                        () -> pack(damaged, ArchiveSamples.write(new byte[0]).index()));
    }

    @Test
    void takesNoMemberThatIsNotWhatItsIndexSays() throws IOException {
        Sample archive = ArchiveSamples.write(monday);
        Sample other = ArchiveSamples.write(ArchiveSamples.lines(1_000_000, 9));
        // An index that promises the first member's content where another one lies.
        MemberIndex.Builder forged = new MemberIndex.Builder(other.index().head());
        Member lie = archive.index().get(0);
        for (Member member : other.index()) {
            forged.add(
                    member.contentLength(),
                    member.storedLength(),
                    member.storedCrc(),
                    member.ordinal() == other.index().size() - 1 ? lie.sha256() : member.sha256());
        }

        assertThatIOException()
                .isThrownBy(() -> assembled(
                        archive.index(), new Sample(other.file(), other.digest(), forged.build()), flipped(archive)));
    }

    private byte[] tuesday() {
        byte[] content = Arrays.copyOf(monday, 6_200_000);
        System.arraycopy(ArchiveSamples.lines(200_000, 2), 0, content, 6_000_000, 200_000);
        content[3_000_000] ^= 1;
        return content;
    }

    private static Sample flipped(Sample archive) {
        byte[] damaged = archive.file().clone();
        damaged[(int) archive.index().get(0).storedOffset() + 50] ^= 1;
        return new Sample(damaged, archive.digest(), archive.index());
    }

    private Sample pack(Sample archive, MemberIndex known) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveFile file = file(archive)) {
            Written written =
                    Packs.write(file, member -> known.find(member.sha256()).isPresent(), out);
            return new Sample(out.toByteArray(), written.digest(), written.index());
        }
    }

    private Sample assembled(MemberIndex wanted, Sample... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<ArchiveFile> files = new java.util.ArrayList<>();
        try {
            for (Sample part : parts) {
                files.add(file(part));
            }
            Written written = Packs.assemble(wanted, files, out);
            return new Sample(out.toByteArray(), written.digest(), written.index());
        } finally {
            for (ArchiveFile file : files) {
                file.close();
            }
        }
    }

    private ArchiveFile file(Sample sample) throws IOException {
        Path path = Files.createTempFile(directory, "part", ".gz");
        return ArchiveFile.open(Files.write(path, sample.file()), sample.index());
    }
}
