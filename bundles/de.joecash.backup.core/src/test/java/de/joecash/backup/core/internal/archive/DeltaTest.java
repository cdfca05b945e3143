package de.joecash.backup.core.internal.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class DeltaTest {
    private static final byte[] BASE = ArchiveSamples.lines(300_000, 1);

    @Test
    void isAFewBytesWhereOneRowChanged() throws DataFormatException {
        byte[] content = BASE.clone();
        content[150_000] ^= 1;

        byte[] delta = Delta.of(BASE, content);

        assertThat(delta).hasSizeLessThan(40);
        assertThat(Delta.apply(BASE, delta, content.length)).isEqualTo(content);
    }

    @Test
    void isSmallWhereRowsAllOverChangedTheirLengths() throws DataFormatException {
        byte[] content = changed(BASE, 12, "STORNIERT");

        byte[] delta = Delta.of(BASE, content);

        assertThat(delta).hasSizeLessThan(BASE.length / 60);
        assertThat(Delta.apply(BASE, delta, content.length)).isEqualTo(content);
    }

    @Test
    void givesBackWhatHasNothingInCommonWithItsBaseOrIsShorterOrLonger() throws DataFormatException {
        byte[] noise = ArchiveSamples.noise(100_000, 4);
        for (byte[] content : List.of(
                noise,
                new byte[1],
                BASE,
                Arrays.copyOf(BASE, 200_000),
                Arrays.copyOfRange(BASE, 70_000, 300_000),
                ArchiveSamples.lines(Cutter.MAX, 1),
                new byte[Cutter.MAX])) {
            for (byte[] base : List.of(BASE, noise, new byte[1])) {
                assertThat(Delta.apply(base, Delta.of(base, content), content.length))
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void refusesWhatIsNoDeltaOrWasMadeForAnotherLength() {
        byte[] content = changed(BASE, 3, "?");
        byte[] delta = Delta.of(BASE, content);

        refuses(BASE, new byte[0], 10);
        refuses(BASE, Arrays.copyOf(delta, delta.length - 1), content.length);
        refuses(BASE, Arrays.copyOf(delta, delta.length + 1), content.length);
        refuses(BASE, delta, content.length + 20_000);
        refuses(new byte[10], delta, content.length);
        for (int[] ends : new int[][] {{-1, 0}, {0, -1}, {11, 0}, {0, 11}, {6, 5}, {Integer.MAX_VALUE, 1}}) {
            refuses(
                    new byte[10],
                    ByteBuffer.allocate(8).putInt(ends[0]).putInt(ends[1]).array(),
                    10);
        }
        byte[] endless = delta.clone();
        ByteBuffer.wrap(endless).putInt(9, Integer.MAX_VALUE);
        refuses(BASE, endless, content.length);
    }

    /** Whatever was damaged: another content, which its digest shows, or a refusal. */
    @Test
    void throwsNothingElseWhateverIsDamaged() {
        byte[] content = changed(BASE, 5, "-");
        byte[] delta = Delta.of(BASE, content);
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = delta.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(Delta.apply(BASE, damaged, content.length)).hasSameSizeAs(content);
            } catch (DataFormatException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void isReadAsItWasWrittenIntoAPackAndIntoALedger() throws DataFormatException {
        DeltaMember of = new DeltaMember(digest(1), digest(2), 300_000, 80_000, -5, 3);
        byte[] member = DeltaFormat.member(new DeltaFormat.Packed(of, 200_000, 77, 6, new byte[] {1, 2, 3}));

        DeltaFormat.Packed read = DeltaFormat.read(member, member.length);

        assertThat(read.of()).isEqualTo(of);
        assertThat(read.baseLength()).isEqualTo(200_000);
        assertThat(read.baseCrc()).isEqualTo(77);
        assertThat(read.level()).isEqualTo(6);
        assertThat(read.delta()).containsExactly(1, 2, 3);
        assertThat(DeltaFormat.read(DeltaFormat.write(List.of(of, of)))).containsExactly(of, of);
    }

    private static byte[] changed(byte[] base, int rows, String by) {
        StringBuilder text = new StringBuilder(new String(base, US_ASCII));
        for (int row = rows; row > 0; row--) {
            int at = text.indexOf("Damenschnitt", text.length() / (rows + 1) * row);
            text.replace(at, at + "Damenschnitt".length(), by);
        }
        return text.toString().getBytes(US_ASCII);
    }

    private static Digest digest(int first) {
        byte[] bytes = new byte[Digest.LENGTH];
        bytes[0] = (byte) first;
        return new Digest(bytes);
    }

    private static void refuses(byte[] base, byte[] delta, int length) {
        assertThatExceptionOfType(DataFormatException.class).isThrownBy(() -> Delta.apply(base, delta, length));
    }
}
