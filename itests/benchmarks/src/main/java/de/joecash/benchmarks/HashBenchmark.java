package de.joecash.benchmarks;

import de.joecash.benchmarks.till.TillText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
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

/** Digests of 16 MiB of a till's text; one operation is one MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(HashBenchmark.MEBIBYTES)
public class HashBenchmark {
    static final int MEBIBYTES = 16;

    private final byte[] text = TillText.bytes(MEBIBYTES << 20);

    /**
     * The digest of members.
     *
     * @return the digest
     * @throws NoSuchAlgorithmException never, as every Java platform has it
     */
    @Benchmark
    public byte[] sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(text);
    }

    /**
     * The check sum that gzip asks for (RFC 1952, section 2.3.1).
     *
     * @return the check sum
     */
    @Benchmark
    public long crc32() {
        CRC32 crc = new CRC32();
        crc.update(text);
        return crc.getValue();
    }
}
