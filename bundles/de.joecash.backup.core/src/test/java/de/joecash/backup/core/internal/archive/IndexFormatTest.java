package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexFormatTest {
    private final MemberIndex index =
            ArchiveSamples.write(ArchiveSamples.lines(2_000_000, 1)).index();

    @Test
    void givesBackWhatWasWritten() throws IOException {
        assertThat(IndexFormat.read(IndexFormat.write(index))).isEqualTo(index);
        MemberIndex none = ArchiveSamples.write(new byte[0]).index();
        assertThat(IndexFormat.read(IndexFormat.write(none))).isEqualTo(none);
    }

    @Test
    void takesNoMoreThanFortyTwoBytesAMember() {
        assertThat(IndexFormat.write(index).length).isLessThanOrEqualTo(64 + 42 * index.size());
    }

    @Test
    void refusesEveryCutAndEveryFlippedBit() {
        byte[] bytes = IndexFormat.write(index);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIOException().isThrownBy(() -> IndexFormat.read(cut));
            byte[] flipped = bytes.clone();
            flipped[length] ^= 1;
            assertThatIOException().isThrownBy(() -> IndexFormat.read(flipped));
        }
    }

    @Test
    void refusesWhatOnlyItsChecksumIsRightOf() {
        Random random = new Random(2);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = ArchiveSamples.noise(1 + random.nextInt(400), round);
            noise[0] = 1;
            byte[] bytes = ByteBuffer.allocate(noise.length + 4)
                    .put(noise)
                    .putInt(MemberFormat.crc(noise, noise.length))
                    .array();
            assertThatIOException().isThrownBy(() -> IndexFormat.read(bytes));
        }
    }

    @Test
    void findsAMemberByItsContent() {
        for (Member member : index) {
            assertThat(index.find(member.sha256())).contains(member);
        }
        assertThat(index.find(new Digest(new byte[Digest.LENGTH]))).isEmpty();
    }
}
