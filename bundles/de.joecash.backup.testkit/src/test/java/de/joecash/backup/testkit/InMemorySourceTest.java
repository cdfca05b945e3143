package de.joecash.backup.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.TableContents;
import de.joecash.backup.spi.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InMemorySourceTest {
    private final InMemorySource source = new InMemorySource("kasse1");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aDumpLoadsIntoATargetWithTheSameContents() throws Exception {
        source.rows(500);
        List<TableContents> dumped = source.dump(out, new Cancellation());

        try (InMemorySource.Target target = source.target(Optional.empty())) {
            target.load(new ByteArrayInputStream(out.toByteArray()), new Cancellation());
            assertThat(target.contents(new Cancellation())).isEqualTo(dumped);
            source.text("");
            target.activate();
        }

        assertThat(dumped.get(0).rows()).isEqualTo(500);
        assertThat(source.text()).isEqualTo(out.toString(UTF_8));
        assertThat(source.activated()).containsExactly(source.targets.get(0));
    }

    @Test
    void aTargetElsewhereLeavesTheLiveTextAlone() throws Exception {
        source.text("old\n");
        try (InMemorySource.Target target = source.target(Optional.of("elsewhere"))) {
            target.load(new ByteArrayInputStream("new\n".getBytes(UTF_8)), new Cancellation());
            target.activate();
        }
        assertThat(source.text()).isEqualTo("old\n");
    }

    @Test
    void failsAtTheByteThatWasSet() {
        source.rows(500);
        source.failAt(1234, new Problem.DumpFailed("test"));

        BackupException thrown =
                catchThrowableOfType(BackupException.class, () -> source.dump(out, new Cancellation()));

        assertThat(thrown.problem()).isEqualTo(new Problem.DumpFailed("test"));
        assertThat(out.size()).isEqualTo(1234);
    }

    @Test
    void aHeldDumpGoesOnWhenReleased() throws Exception {
        source.rows(500);
        InMemorySource.Hold hold = source.holdAt(77);
        CompletableFuture<List<TableContents>> dump = dumping(new Cancellation());
        hold.awaitReached();

        assertThat(out.size()).isEqualTo(77);
        assertThat(dump).isNotDone();
        hold.release();

        assertThat(dump.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(InMemorySource.contents(source.text()));
    }

    @Test
    void aHeldDumpEndsWhenCancelled() throws Exception {
        source.rows(500);
        InMemorySource.Hold hold = source.holdAt(77);
        Cancellation cancellation = new Cancellation();
        CompletableFuture<List<TableContents>> dump = dumping(cancellation);
        hold.awaitReached();

        cancellation.cancel(new Problem.Stopping());

        assertThat(dump)
                .failsWithin(Await.PATIENCE)
                .withThrowableThat()
                .withRootCauseExactlyInstanceOf(BackupException.class);
        assertThat(out.size()).isEqualTo(77);
    }

    private CompletableFuture<List<TableContents>> dumping(Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return source.dump(out, cancellation);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
