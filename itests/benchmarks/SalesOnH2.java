import de.joecash.backup.BackupException;
import de.joecash.backup.core.internal.archive.ArchiveWriter;
import de.joecash.backup.core.internal.archive.Codecs;
import de.joecash.backup.core.internal.archive.Compression;
import de.joecash.backup.core.internal.archive.Effort;
import de.joecash.backup.core.internal.archive.Workers;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.core.internal.pace.Pacing;
import de.joecash.backup.core.internal.pace.ThrottledOutput;
import de.joecash.backup.core.internal.pace.Waiting;
import de.joecash.backup.pos.internal.TillState;
import de.joecash.backup.source.h2.internal.H2Source;
import de.joecash.backup.spi.Cancellation;
import de.joecash.pos.database.PosDatabase;
import de.joecash.pos.reference.internal.till.Till;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the reference till's sales on H2 feel of a backup in the same process: idle, H2's dump alone (with our reading of
 * its rows), our archive at full speed, and yielding. Run by {@code sales-on-h2}; arguments: an empty directory,
 * receipts, seconds of a turn, rounds, sales a second.
 */
public final class SalesOnH2 {
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();
    private static final PaceSettings YIELDING = new PaceSettings(true, 10e6, PaceSettings.UNLIMITED);

    /** Sells at fixed times and remembers how long each sale took from when it was due, in nanoseconds. */
    private static final class Cashier extends ScheduledThreadPoolExecutor {
        private final long betweenNanos;
        private List<Long> taken = new ArrayList<>();

        Cashier(long betweenNanos) {
            super(1);
            this.betweenNanos = betweenNanos;
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable sale, long initial, long delay, TimeUnit unit) {
            long begun = System.nanoTime();
            long[] sales = {0};
            return scheduleAtFixedRate(
                    () -> {
                        sale.run();
                        took(System.nanoTime() - begun - sales[0]++ * betweenNanos);
                    },
                    0,
                    betweenNanos,
                    TimeUnit.NANOSECONDS);
        }

        private synchronized void took(long nanos) {
            taken.add(nanos);
        }

        synchronized List<Long> take() {
            List<Long> all = taken;
            taken = new ArrayList<>();
            return all;
        }
    }

    private interface Variant {
        /** Dumps once; stops when told. Gives the bytes. */
        long dump(Cancellation cancellation) throws BackupException, IOException;
    }

    /** Counts. */
    private static final class Sink extends OutputStream {
        long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }

    private SalesOnH2() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long receipts = Long.parseLong(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        Cashier cashier = new Cashier(TimeUnit.SECONDS.toNanos(1) / Long.parseLong(arguments[4]));
        Till till = new Till(directory, receipts, Clock.systemDefaultZone(), cashier);
        CompletableFuture<PosDatabase> ready = new CompletableFuture<>();
        till.start(ready::complete);
        H2Source source = new H2Source(ready.get(1, TimeUnit.HOURS));
        Map<String, Variant> variants = new LinkedHashMap<>();
        variants.put("idle", cancellation -> {
            while (!cancellation.cancelled()) {
                LockSupport.parkNanos(10_000_000);
            }
            return 0;
        });
        variants.put("dump", cancellation -> {
            Sink sink = new Sink();
            return bytes(sink, () -> source.dump(sink, cancellation));
        });
        variants.put("full", archived(source, till, PaceSettings.full()));
        variants.put("yield", archived(source, till, YIELDING));
        variants.put("dump-again", variants.get("dump"));
        measure(variants, cashier, seconds, rounds);
        till.stop();
        System.exit(0);
    }

    private interface Dumping {
        void run() throws BackupException, IOException;
    }

    private static long bytes(Sink counted, Dumping dumping) throws IOException {
        try {
            dumping.run();
        } catch (BackupException e) {
            // The turn is over.
        }
        return counted.bytes;
    }

    private static Variant archived(H2Source source, Till till, PaceSettings settings) {
        TillState state = new TillState(till);
        Compression compression = new Compression(
                new Workers(Executors.newFixedThreadPool(WORKERS), WORKERS), Codecs.jdk(), Effort.keepUp());
        return cancellation -> {
            Sink sink = new Sink();
            try (ArchiveWriter archive =
                    new ArchiveWriter(sink, "till.sql", Instant.now(), compression, Optional.empty())) {
                OutputStream paced = new ThrottledOutput(
                        archive, new Pacing(settings, state::state).throttle(Waiting.unstoppable()));
                bytes(sink, () -> source.dump(paced, cancellation));
                return archive.contentBytes();
            }
        };
    }

    private static void measure(Map<String, Variant> variants, Cashier cashier, long seconds, int rounds)
            throws Exception {
        Map<String, List<Long>> taken = new LinkedHashMap<>();
        Map<String, Double> rates = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Variant> variant : variants.entrySet()) {
                cashier.take();
                double rate = turn(variant.getValue(), seconds);
                // The first round warms the process up.
                if (round > 0) {
                    taken.computeIfAbsent(variant.getKey(), key -> new ArrayList<>())
                            .addAll(cashier.take());
                    rates.merge(variant.getKey(), rate / rounds, Double::sum);
                }
            }
        }
        System.out.println("| While selling on H2 | sales | p50 ms | p99 ms | worst ms | dump MB/s |");
        System.out.println("|---|---|---|---|---|---|");
        taken.forEach((name, all) -> {
            Collections.sort(all);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
                    name,
                    all.size(),
                    all.get(all.size() / 2) / 1e6,
                    all.get((int) Math.ceil(all.size() * 0.99) - 1) / 1e6,
                    all.get(all.size() - 1) / 1e6,
                    rates.get(name));
        });
    }

    private static double turn(Variant variant, long seconds) throws Exception {
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        long bytes = 0;
        while (System.nanoTime() < end) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<Long> dump = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    dump.complete(variant.dump(cancellation));
                } catch (BackupException | IOException | RuntimeException e) {
                    dump.completeExceptionally(e);
                }
            });
            thread.start();
            while (!dump.isDone() && System.nanoTime() < end) {
                LockSupport.parkNanos(20_000_000);
            }
            cancellation.cancel(new de.joecash.backup.Problem.Cancelled());
            bytes += dump.get();
        }
        return bytes * 1e3 / (System.nanoTime() - begun);
    }
}
