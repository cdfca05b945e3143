package de.joecash.benchmarks;

import de.joecash.benchmarks.till.TillText;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
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

/**
 * The JDK's deflater on members of a till's text, each of its own; one operation is one MiB of text. The other figure
 * is how many bytes remain of a thousand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(DeflaterBenchmark.MEBIBYTES)
public class DeflaterBenchmark {
    static final int MEBIBYTES = 8;

    /** The deflater's level. */
    @Param({"1", "3", "4", "6", "9"})
    public int level;

    /** Bytes of text in a member. */
    @Param({"65536", "262144", "1048576"})
    public int member;

    private final byte[] text = TillText.bytes(MEBIBYTES << 20);
    private final byte[] out = new byte[1 << 16];
    private Deflater deflater;

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

    /** Frees what the deflater has outside of the heap. */
    @TearDown
    public void end() {
        deflater.end();
    }

    /**
     * Deflates all members.
     *
     * @param remaining gets the size
     * @return bytes of all deflated members
     */
    @Benchmark
    public long deflate(Remaining remaining) {
        if (deflater == null) {
            deflater = new Deflater(level, true);
        }
        long total = 0;
        for (int from = 0; from < text.length; from += member) {
            deflater.reset();
            deflater.setInput(text, from, Math.min(member, text.length - from));
            deflater.finish();
            while (!deflater.finished()) {
                total += deflater.deflate(out);
            }
        }
        remaining.set(total, text.length);
        return total;
    }
}
