package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Copy;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InMemoryDestinationTest extends DestinationContract {
    private final InMemoryDestination memory = new InMemoryDestination("data-centre");

    @Override
    protected DestinationProvider provider() {
        return memory;
    }

    @Override
    protected String directory() {
        return "tills/kasse1";
    }

    @Override
    protected List<String> hostileDirectories() {
        return List.of("..", "tills/../..", "tills\r\nDELE x", "nul\0");
    }

    @Override
    protected void place(String name, byte[] bytes) {
        memory.files(directory()).put(name, bytes);
    }

    @Override
    protected Set<String> present() {
        return memory.files(directory()).keySet();
    }

    @Test
    void holdsAPutUntilItIsReleased() throws Exception {
        memory.holdPuts();
        CompletableFuture<Void> put = put("a.gz", new Cancellation());
        memory.awaitHeld();

        assertThat(put).isNotDone();
        assertThat(present()).containsExactly("a.gz.part");

        memory.releasePuts();
        put.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(present()).containsExactly("a.gz");
        assertThat(memory.puts()).isEqualTo(1);
    }

    @Test
    void endsAHeldPutWithTheReasonOfItsCancellationAndLeavesOthersHeld() {
        Cancellation cancellation = new Cancellation();
        memory.holdPuts();
        CompletableFuture<Void> other = put("other.gz", new Cancellation());
        CompletableFuture<Void> put = put("a.gz", cancellation);
        memory.awaitHeld();

        cancellation.cancel(new Problem.Stopping());

        assertThat(put.handle((nothing, e) -> ((BackupException) ((CompletionException) e).getCause()).problem()))
                .succeedsWithin(Await.PATIENCE)
                .isEqualTo(new Problem.Stopping());
        assertThat(other).isNotDone();
        memory.releasePuts();
        assertThat(other).succeedsWithin(Await.PATIENCE);
        assertThat(memory.puts()).isEqualTo(1);
    }

    @Test
    void failsAsOftenAsTold() throws Exception {
        Problem away = new Problem.ServerUnreachable("data-centre", "away");
        memory.failNext(away);
        memory.failNextPut(away);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> memory.connect("", List.of(), new Cancellation()))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(away));
        try (Destination destination = memory.connect("", List.of(), new Cancellation())) {
            BytesContent content = new BytesContent(new byte[10]);
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put("a.gz", content, bytes -> {}))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(away));
            destination.put("a.gz", content, bytes -> {});
        }
        assertThat(memory.connects()).isEqualTo(2);
        assertThat(memory.puts()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsLongerThanItTakes() throws Exception {
        memory.capabilities(new Destination.Capabilities(true, 9, Copy.Proof.LENGTH_EQUAL, false, true));
        try (Destination destination = memory.connect("", List.of(), new Cancellation())) {
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> destination.put("a.gz", new BytesContent(new byte[10]), bytes -> {}))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.TooLarge("data-centre", 10, 9)));
        }
    }

    private CompletableFuture<Void> put(String name, Cancellation cancellation) {
        return CompletableFuture.runAsync(() -> {
            try (Destination destination = memory.connect(directory(), List.of(), cancellation)) {
                destination.put(name, new BytesContent(new byte[20_000]), bytes -> {});
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
