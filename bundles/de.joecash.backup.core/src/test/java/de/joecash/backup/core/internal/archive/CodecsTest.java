package de.joecash.backup.core.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class CodecsTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void takesTheFastOneWhereItIsRight() {
        Codec chosen = Codecs.rightOrJdk(List.of(() -> new RenamedJdkCodec()), log::add);

        assertThat(chosen.name()).isEqualTo("renamed");
        assertThat(log).containsExactly("Archives are deflated by renamed");
    }

    @Test
    void fallsBackOnTheJdkWhereTheLibraryIsMissing() {
        Codec chosen = Codecs.rightOrJdk(
                List.of(() -> {
                    throw new UnsatisfiedLinkError("no library for this machine");
                }),
                log::add);

        assertThat(chosen.name()).isEqualTo("jdk");
        assertThat(log).singleElement().asString().contains("no library for this machine");
    }

    @Test
    void fallsBackOnTheJdkWhereTheLibraryIsWrong() {
        Codec chosen = Codecs.rightOrJdk(List.of(() -> new Wrong()), log::add);

        assertThat(chosen.name()).isEqualTo("jdk");
        assertThat(log).singleElement().asString().contains("renamed has failed its test");
    }

    @Test
    void fallsBackOnTheJdkWhereTheLibraryRefusesWhatIsWhole() {
        Codec chosen = Codecs.rightOrJdk(List.of(() -> new Strict()), log::add);

        assertThat(chosen.name()).isEqualTo("jdk");
    }

    @Test
    void takesTheNextWhereTheFirstIsMissing() {
        Codec chosen = Codecs.rightOrJdk(
                List.of(
                        () -> {
                            throw new UnsatisfiedLinkError("no libdeflate");
                        },
                        () -> new RenamedJdkCodec()),
                log::add);

        assertThat(chosen.name()).isEqualTo("renamed");
    }

    @Test
    void knowsThatTheJdkIsRight() {
        assertThat(Codecs.isRight(Codecs.jdk())).isTrue();
    }

    /** The fast one may take noise for data; whoever uses it compares digests. */
    @Test
    void throwsOneKindOfExceptionAtDataThatAreNone() {
        assertThat(refused(Codecs.jdk())).isEqualTo(2_000);
        assertThat(refused(Codecs.fastest(log::add))).isPositive();
    }

    private static int refused(Codec codec) {
        byte[] into = new byte[Cutter.MAX];
        int refused = 0;
        try (Codec.Inflating inflater = codec.inflater()) {
            for (int round = 0; round < 2_000; round++) {
                byte[] data = ArchiveSamples.noise(1 + round % 300, round);
                try {
                    inflater.inflate(data, 0, data.length, into, into.length);
                } catch (DataFormatException e) {
                    refused++;
                }
            }
        }
        return refused;
    }

    /** Deflaters give their output in pieces; its end may fall on the end of one. */
    @Test
    void deflatesContentsOfEveryLength() throws DataFormatException {
        for (Codec codec : List.of(Codecs.jdk(), Codecs.fastest(log::add))) {
            byte[] noise = ArchiveSamples.noise(10_000, 1);
            byte[] data = new byte[MemberFormat.MAX_STORED];
            byte[] back = new byte[noise.length];
            for (int level : codec.levels()) {
                try (Codec.Deflating deflater = codec.deflater(level);
                        Codec.Inflating inflater = Codecs.jdk().inflater()) {
                    for (int length = 3_900; length < 8_300; length++) {
                        int count = deflater.deflate(noise, length, data, MemberFormat.HEADER);
                        assertThat(count)
                                .as("%s, level %s, %s bytes", codec.name(), level, length)
                                .isPositive();
                        inflater.inflate(data, MemberFormat.HEADER, count, back, length);
                    }
                }
            }
        }
    }

    /** Forgets a byte now and then. */
    private static final class Wrong extends RenamedJdkCodec {
        @Override
        public Deflating deflater(int level) {
            Deflating right = super.deflater(level);
            return new Deflating() {
                @Override
                public int deflate(byte[] content, int length, byte[] into, int offset) {
                    return right.deflate(content, length - 1, into, offset);
                }

                @Override
                public void close() {
                    right.close();
                }
            };
        }
    }

    /** Inflates nothing. */
    private static final class Strict extends RenamedJdkCodec {
        @Override
        public Inflating inflater() {
            Inflating right = super.inflater();
            return new Inflating() {
                @Override
                public void inflate(byte[] data, int offset, int length, byte[] into, int expected)
                        throws DataFormatException {
                    throw new DataFormatException("Not for me");
                }

                @Override
                public void close() {
                    right.close();
                }
            };
        }
    }
}
