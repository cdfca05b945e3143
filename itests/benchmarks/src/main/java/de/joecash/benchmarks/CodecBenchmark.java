package de.joecash.benchmarks;

import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.benchmarks.till.TillText;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The codecs on members of a till's text, each of its own; one operation is one MiB of text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(CodecBenchmark.MEBIBYTES)
public class CodecBenchmark {
    static final int MEBIBYTES = 8;

    /** Whose codec: the JDK's, or the fastest of this machine, which may be the same. */
    @Param({"jdk", "fastest"})
    public String codec;

    /** How hard it tries. */
    @Param({"1", "4", "6"})
    public int level;

    /** Bytes of text in a member. */
    @Param({"65536", "262144", "1048576"})
    public int member;

    private final byte[] text = TillText.bytes(MEBIBYTES << 20);
    private byte[][] contents;
    private byte[][] deflated;
    private byte[] out;
    private Codec.Deflating deflater;
    private Codec.Inflating inflater;

    /** How much remains. JMH adds up what the iterations say. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Remaining {
        /** Of a thousand bytes. */
        public double perMille;

        private int iterations;

        /**
         * Learns how often the figure is added up.
         *
         * @param parameters of the run
         */
        @Setup
        public void begin(BenchmarkParams parameters) {
            iterations = parameters.getMeasurement().getCount();
        }

        void set(long remaining, long of) {
            perMille = 1000.0 * remaining / of / iterations;
        }
    }

    /** Cuts the text into members of one size, and deflates them. */
    @Setup
    public void begin() {
        Codec chosen = codec.equals("jdk") ? Codecs.jdk() : Codecs.fastest(System.out::println);
        deflater = chosen.deflater(level);
        inflater = chosen.inflater();
        out = new byte[2 * member];
        int count = text.length / member;
        contents = new byte[count][];
        deflated = new byte[count][];
        for (int i = 0; i < count; i++) {
            contents[i] = Arrays.copyOfRange(text, i * member, (i + 1) * member);
            deflated[i] = Arrays.copyOf(out, deflater.deflate(contents[i], member, out, 0));
        }
    }

    /** Frees what the codec has outside of the heap. */
    @TearDown
    public void end() {
        deflater.close();
        inflater.close();
    }

    /**
     * Deflates all members.
     *
     * @param remaining gets the size
     * @return bytes of all deflated members
     */
    @Benchmark
    public long deflate(Remaining remaining) {
        long total = 0;
        for (byte[] content : contents) {
            total += deflater.deflate(content, content.length, out, 0);
        }
        remaining.set(total, text.length);
        return total;
    }

    /**
     * Inflates all members.
     *
     * @return the last one's content
     * @throws DataFormatException never
     */
    @Benchmark
    public byte[] inflate() throws DataFormatException {
        for (byte[] data : deflated) {
            inflater.inflate(data, 0, data.length, out, member);
        }
        return out;
    }
}
