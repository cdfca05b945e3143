package de.joecash.benchmarks;

import de.joecash.backup.core.internal.archive.ArchiveCheck;
import de.joecash.backup.core.internal.archive.ArchiveFile;
import de.joecash.backup.core.internal.archive.ArchiveWriter;
import de.joecash.backup.core.internal.archive.Codec;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.archive.Effort;
import de.joecash.backup.core.internal.archive.MemberIndex;
import de.joecash.backup.core.internal.archive.Workers;
import de.joecash.benchmarks.till.TillText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

/** The whole pipeline on 64 MiB of a till's text; one operation is one MiB. What is written goes nowhere. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@OperationsPerInvocation(ArchiveBenchmark.MEBIBYTES)
public class ArchiveBenchmark {
    static final int MEBIBYTES = 64;

    private static final int WRITE = 1 << 16;

    /** Whose codec: the JDK's, or the fastest of this machine, which may be the same. */
    @Param({"jdk", "fastest"})
    public String codec;

    /** How hard it tries; 0 for as hard as leaves whoever writes no reason to wait. */
    @Param({"0", "1", "6"})
    public int level;

    /** Threads that work beside the one that writes. */
    @Param({"1", "2"})
    public int workers;

    private final byte[] text = TillText.bytes(MEBIBYTES << 20);
    private ExecutorService executor;
    private Codec chosen;
    private Compression compression;
    private Path file;
    private MemberIndex index;
    private ArchiveFile known;

    /**
     * Makes an archive for reuse and for checks.
     *
     * @throws IOException if there is no room for it
     */
    @Setup
    public void begin() throws IOException {
        executor = Executors.newFixedThreadPool(workers);
        chosen = codec.equals("jdk") ? Codecs.jdk() : Codecs.fastest(System.out::println);
        Effort effort = level == 0 ? Effort.keepUp() : Effort.fixed(level);
        compression = new Compression(new Workers(executor, workers), chosen, effort);
        file = Files.createTempFile("benchmark", ".gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            index = write(out, Optional.empty());
        }
        known = ArchiveFile.open(file, index);
    }

    /**
     * Removes it.
     *
     * @throws IOException if it cannot be removed
     */
    @TearDown
    public void end() throws IOException {
        known.close();
        executor.shutdown();
        Files.delete(file);
    }

    /**
     * Makes an archive of which nothing is known.
     *
     * @return its index
     * @throws IOException never
     */
    @Benchmark
    public MemberIndex create() throws IOException {
        return write(OutputStream.nullOutputStream(), Optional.empty());
    }

    /**
     * Makes an archive of which all is known.
     *
     * @return its index
     * @throws IOException if the known archive cannot be read
     */
    @Benchmark
    public MemberIndex reuse() throws IOException {
        return write(OutputStream.nullOutputStream(), Optional.of(known));
    }

    /**
     * Reads an archive back and compares it with its index.
     *
     * @return what was found
     * @throws IOException if the archive cannot be read
     */
    @Benchmark
    public ArchiveCheck.Finding check() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ArchiveCheck(index, compression.workers(), chosen).check(in, bytes -> {});
        }
    }

    private MemberIndex write(OutputStream out, Optional<ArchiveFile> reuse) throws IOException {
        try (ArchiveWriter archive = new ArchiveWriter(out, "till.sql", Instant.EPOCH, compression, reuse)) {
            for (int from = 0; from < text.length; from += WRITE) {
                archive.write(text, from, Math.min(WRITE, text.length - from));
            }
            return archive.finish().index();
        }
    }
}
