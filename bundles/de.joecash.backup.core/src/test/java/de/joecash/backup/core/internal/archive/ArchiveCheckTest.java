package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.core.internal.archive.ArchiveSamples.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveCheckTest {
    private final Sample written = ArchiveSamples.write(ArchiveSamples.lines(2_000_000, 1));

    static Stream<Codec> codecs() {
        return Stream.of(Codecs.jdk(), Codecs.fastest(line -> {}));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void findsAWholeArchiveWhole(Codec codec) throws IOException {
        ArchiveCheck.Finding found = check(written.file(), codec);

        assertThat(found.whole()).isTrue();
        assertThat(found.damaged()).isEmpty();
        assertThat(found.archiveSha256()).isEqualTo(written.digest().archiveSha256());
        assertThat(found.archiveBytes()).isEqualTo(written.digest().archiveBytes());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void namesTheMemberWhoseBitWasFlipped(Codec codec) throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            Member hit = written.index().get(random.nextInt(written.index().size()));
            byte[] flipped = written.file().clone();
            flipped[(int) hit.storedOffset() + random.nextInt(hit.storedLength())] ^= (byte) (1 << random.nextInt(8));

            assertThat(check(flipped, codec).damaged()).containsExactly(hit);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void noticesEveryCutAndEveryAddition(Codec codec) throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            byte[] cut = Arrays.copyOf(written.file(), random.nextInt(written.file().length));
            ArchiveCheck.Finding found = check(cut, codec);
            assertThat(found.damaged()).isNotEmpty();
            assertThat(found.archiveBytes()).isEqualTo(cut.length);
        }
        byte[] longer = Arrays.copyOf(written.file(), written.file().length + 1);
        assertThat(check(longer, codec).whole()).isFalse();
        assertThat(check(longer, codec).archiveSha256())
                .isNotEqualTo(written.digest().archiveSha256());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void noticesAFlippedBitInTheFirstMember(Codec codec) throws IOException {
        for (int i = 0; i < written.index().head().length; i++) {
            byte[] flipped = written.file().clone();
            flipped[i] ^= 1;

            assertThat(check(flipped, codec).whole()).isFalse();
        }
    }

    /** Whoever took it for damage would give up a backup that is whole. */
    @Test
    void takesTooLittleMemoryForNoDamage() {
        Codec poor = new Codec() {
            @Override
            public String name() {
                return "poor";
            }

            @Override
            public int[] levels() {
                return new int[] {1};
            }

            @Override
            public Deflating deflater(int level) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Inflating inflater() {
                throw new OutOfMemoryError("made up");
            }
        };

        assertThatThrownBy(() -> check(written.file(), poor)).isInstanceOf(OutOfMemoryError.class);
    }

    private ArchiveCheck.Finding check(byte[] file, Codec codec) throws IOException {
        return new ArchiveCheck(written.index(), new Workers(Runnable::run, 1), codec)
                .check(new ByteArrayInputStream(file), bytes -> {});
    }
}
