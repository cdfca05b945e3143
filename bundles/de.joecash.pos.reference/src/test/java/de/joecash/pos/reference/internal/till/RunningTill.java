package de.joecash.pos.reference.internal.till;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import de.joecash.pos.database.PosDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
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
        this(data, new DatabaseChoice(Map.of())::open, receipts);
    }

    RunningTill(Path data, Till.Choosing choosing, long receipts) throws Exception {
        till = new Till(Files.createDirectories(data.resolve("till")), choosing, receipts, Clock.systemUTC(), thread);
        till.start(new TillEvents() {
            @Override
            public void opened() {
                // Nobody waits for that.
            }

            @Override
            public void ready(PosDatabase database) {
                ready.complete(database);
            }

            @Override
            public void refused(String words) {
                ready.completeExceptionally(new Refused(words));
            }
        });
    }

    /** The till did not start. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    PosDatabase database() throws Exception {
        return ready.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        till.stop();
        assertThat(thread.isTerminated()).isTrue();
    }
}
