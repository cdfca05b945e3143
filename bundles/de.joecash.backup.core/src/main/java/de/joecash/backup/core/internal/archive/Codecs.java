package de.joecash.backup.core.internal.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

/** Chooses the codec of a machine. */
public final class Codecs {
    private Codecs() {}

    /** Every machine's. */
    public static Codec jdk() {
        return new JdkCodec();
    }

    /**
     * The fastest that this machine has and that is right: each deflates a sample at every level, which the JDK and the
     * codec itself must inflate to the same bytes.
     *
     * @param log is told in one line which it is, and why if it is the JDK's
     */
    public static Codec fastest(Consumer<String> log) {
        return rightOrJdk(List.of(LibdeflateCodec::new, IsalCodec::new), log);
    }

    static Codec rightOrJdk(List<Supplier<Codec>> candidates, Consumer<String> log) {
        List<String> reasons = new ArrayList<>();
        for (Supplier<Codec> candidate : candidates) {
            try {
                Codec codec = candidate.get();
                if (isRight(codec)) {
                    log.accept("Archives are deflated by " + codec.name());
                    return codec;
                }
                reasons.add(codec.name() + " has failed its test");
            } catch (RuntimeException | LinkageError e) {
                reasons.add(e.toString());
            }
        }
        log.accept("Archives are deflated by the JDK: " + String.join("; ", reasons));
        return new JdkCodec();
    }

    static boolean isRight(Codec codec) {
        byte[] content = sample();
        byte[] data = new byte[MemberFormat.MAX_STORED];
        for (int level : codec.levels()) {
            try (Codec.Deflating deflater = codec.deflater(level);
                    Codec.Inflating jdk = new JdkCodec().inflater();
                    Codec.Inflating own = codec.inflater()) {
                // Twice: the second time shows what the first has left behind.
                for (int length : new int[] {content.length, content.length / 3}) {
                    int count = deflater.deflate(content, length, data, MemberFormat.HEADER);
                    if (count < 0
                            || !givesBack(jdk, data, count, content, length)
                            || !givesBack(own, data, count, content, length)) {
                        return false;
                    }
                }
            } catch (DataFormatException | RuntimeException e) {
                return false;
            }
        }
        return true;
    }

    private static boolean givesBack(Codec.Inflating inflater, byte[] data, int count, byte[] content, int length)
            throws DataFormatException {
        byte[] back = new byte[length];
        inflater.inflate(data, MemberFormat.HEADER, count, back, length);
        return Arrays.equals(content, 0, length, back, 0, length);
    }

    /** Lines such as a dump has, and a stretch of noise. */
    private static byte[] sample() {
        Random random = new Random(4711);
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i > 250_000 ? random.nextInt() : i % 60 == 0 ? '\n' : '0' + random.nextInt(10));
        }
        return bytes;
    }
}
