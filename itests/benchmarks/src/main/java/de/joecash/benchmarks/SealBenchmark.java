package de.joecash.benchmarks;

import de.joecash.backup.core.internal.seal.Opener;
import de.joecash.backup.core.internal.seal.Recipients;
import de.joecash.backup.core.internal.seal.Sealer;
import de.joecash.backup.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sealing and opening 64 MiB that cannot be compressed, and the same by Debian's {@code age}, a process each time; one
 * operation is one MiB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(SealBenchmark.MEBIBYTES)
public class SealBenchmark {
    static final int MEBIBYTES = 64;

    /** A key that guards nothing. */
    private static final String KEY = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

    private final byte[] content = new byte[MEBIBYTES << 20];
    private final Opener opener = Opener.of(new Secret(KEY)).orElseThrow();
    private final Sealer sealer = new Sealer(new Recipients(List.of(opener.recipient())));
    private byte[] sealed;
    private Path plainFile;
    private Path sealedFile;
    private Path keyFile;

    /**
     * Makes what is sealed and opened.
     *
     * @throws IOException if the disk takes no more
     */
    @Setup
    public void make() throws IOException {
        new Random(1).nextBytes(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + (1 << 20));
        try (OutputStream sealing = sealer.sealing(out)) {
            sealing.write(content);
        }
        sealed = out.toByteArray();
        plainFile = Files.write(Files.createTempFile("seal", ".plain"), content);
        sealedFile = Files.write(Files.createTempFile("seal", ".age"), sealed);
        keyFile = Files.writeString(Files.createTempFile("seal", ".key"), KEY);
    }

    /**
     * Removes the files.
     *
     * @throws IOException if they cannot be
     */
    @TearDown
    public void remove() throws IOException {
        for (Path file : List.of(plainFile, sealedFile, keyFile)) {
            Files.delete(file);
        }
    }

    /**
     * Ours.
     *
     * @throws IOException never
     */
    @Benchmark
    public void seal() throws IOException {
        try (OutputStream out = sealer.sealing(OutputStream.nullOutputStream())) {
            out.write(content);
        }
    }

    /**
     * Ours.
     *
     * @return bytes that came out
     * @throws IOException never
     */
    @Benchmark
    public long open() throws IOException {
        try (InputStream in = opener.opening(new ByteArrayInputStream(sealed))) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Theirs, from a file in the cache into nothing.
     *
     * @return its exit code
     * @throws IOException if it is not installed
     * @throws InterruptedException never
     */
    @Benchmark
    public int ageSeals() throws IOException, InterruptedException {
        return run("age", "-r", opener.recipient(), "-o", "/dev/null", plainFile.toString());
    }

    /**
     * Theirs, from a file in the cache into nothing.
     *
     * @return its exit code
     * @throws IOException if it is not installed
     * @throws InterruptedException never
     */
    @Benchmark
    public int ageOpens() throws IOException, InterruptedException {
        return run("age", "-d", "-i", keyFile.toString(), "-o", "/dev/null", sealedFile.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command[0] + " ended with " + code);
        }
        return code;
    }
}
