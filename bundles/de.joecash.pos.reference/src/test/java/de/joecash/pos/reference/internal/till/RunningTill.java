package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.database.PosDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A till that was started, for tests. */
final class RunningTill implements AutoCloseable {
    final Till till;
    final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1);
    final CompletableFuture<PosDatabase> ready = new CompletableFuture<>();

    RunningTill(Path data, long receipts) throws Exception {
        till = new Till(Files.createDirectories(data.resolve("till")), receipts, Clock.systemUTC(), thread);
        till.start(ready::complete);
    }

    PosDatabase database() throws Exception {
        return ready.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        till.stop();
        assertThat(thread.isTerminated()).isTrue();
    }
}
