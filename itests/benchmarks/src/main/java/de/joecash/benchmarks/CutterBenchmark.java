package de.joecash.benchmarks;

import de.joecash.backup.core.internal.archive.Cutter;
import de.joecash.benchmarks.till.TillText;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cuts 16 MiB of a till's text; one operation is one MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(CutterBenchmark.MEBIBYTES)
public class CutterBenchmark {
    static final int MEBIBYTES = 16;

    private static final int STEP = 1 << 16;

    private final byte[] text = TillText.bytes(MEBIBYTES << 20);
    private final byte[] member = new byte[Cutter.MAX + STEP];

    /**
     * Cuts it, copied into a member's buffer as it comes.
     *
     * @return number of members
     */
    @Benchmark
    public int cut() {
        Cutter cutter = new Cutter();
        int members = 0;
        int filled = 0;
        int from = 0;
        while (from < text.length || filled > 0) {
            int some = Math.min(STEP, Math.min(text.length - from, member.length - filled));
            System.arraycopy(text, from, member, filled, some);
            from += some;
            filled += some;
            int end = cutter.cut(member, filled, from == text.length);
            if (end > 0) {
                System.arraycopy(member, end, member, 0, filled - end);
                filled -= end;
                members++;
            }
        }
        return members;
    }
}
