package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Place;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.PlaceTrial.Step;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    private static final Place PLACE = new Place("data-centre", "till7");

    @TempDir
    private Path directory;

    private final InMemoryDestination centre = new InMemoryDestination("data-centre");
    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(directory, new InMemorySource("kasse1"));
        shop.core().ports().destinations().add(1, centre);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void writesReadsBackAndLeavesNothing() {
        assertThat(shop.core().tryPlace(PLACE))
                .isEqualTo(new PlaceTrial(
                        List.of(Step.CONNECTED, Step.WRITTEN, Step.READ_BACK, Step.REMOVED), Optional.empty()));
        assertThat(centre.files("till7")).isEmpty();
    }

    @Test
    void saysHowFarItCameAndWhyNoFurther() {
        Problem refused = new Problem.LoginRefused("data-centre");
        centre.failNext(refused);
        assertThat(shop.core().tryPlace(PLACE)).isEqualTo(new PlaceTrial(List.of(), Optional.of(refused)));

        Problem full = new Problem.ServerFull("data-centre", "452");
        centre.failNextPut(full);
        assertThat(shop.core().tryPlace(PLACE)).isEqualTo(new PlaceTrial(List.of(Step.CONNECTED), Optional.of(full)));

        assertThat(shop.core().tryPlace(new Place("nowhere", "")))
                .isEqualTo(new PlaceTrial(List.of(), Optional.of(new Problem.DestinationMissing("nowhere"))));
    }

    @Test
    void removesTheFileAlsoWhereItCannotBeReadBackAndSaysSo() {
        Problem broken = new Problem.ServerUnreachable("data-centre", "reset");
        centre.failNextRead(broken);

        assertThat(shop.core().tryPlace(PLACE))
                .isEqualTo(new PlaceTrial(List.of(Step.CONNECTED, Step.WRITTEN, Step.REMOVED), Optional.of(broken)));
        assertThat(centre.files("till7")).isEmpty();
    }

    @Test
    void tellsWhatWentWrongFirstWhereTheFileCannotBeRemovedEither() {
        Problem broken = new Problem.ServerUnreachable("data-centre", "reset");
        centre.failNextRead(broken);
        centre.refuseDeletes(new Problem.ServerRefused("data-centre", "550"));

        assertThat(shop.core().tryPlace(PLACE))
                .isEqualTo(new PlaceTrial(List.of(Step.CONNECTED, Step.WRITTEN), Optional.of(broken)));
    }

    @Test
    void removesWhatAnEarlierOneHadToLeave() {
        Problem broken = new Problem.ServerUnreachable("data-centre", "reset");
        centre.failNextPut(broken);
        shop.core().tryPlace(PLACE);
        centre.failNextRead(broken);
        centre.refuseDeletes(broken);
        shop.core().tryPlace(PLACE);
        assertThat(centre.files("till7")).isNotEmpty();
        centre.allowDeletes();

        assertThat(shop.core().tryPlace(PLACE).problem()).isEmpty();
        assertThat(centre.files("till7")).isEmpty();
    }

    @Test
    void endsWhenTheCoreIsStopped() {
        centre.holdPuts();
        CompletableFuture<PlaceTrial> trial =
                CompletableFuture.supplyAsync(() -> shop.core().tryPlace(PLACE));
        centre.awaitHeld();

        shop.close();

        Await.within(Duration.ofSeconds(4), trial);
        assertThat(trial)
                .isCompletedWithValue(new PlaceTrial(List.of(Step.CONNECTED), Optional.of(new Problem.Stopping())));
    }

    @Test
    void endsWhereSomebodyCancelsItAndSoDoesTheOneThatWaitsForIt() {
        centre.holdPuts();
        CompletableFuture<PlaceTrial> first =
                CompletableFuture.supplyAsync(() -> shop.core().tryPlace(PLACE));
        centre.awaitHeld();
        CompletableFuture<PlaceTrial> second =
                CompletableFuture.supplyAsync(() -> shop.core().tryPlace(PLACE));
        assertThat(shop.core().cancelTrial(new Place("data-centre", "till8"))).isFalse();

        Await.until("the end of the second", () -> {
            shop.core().cancelTrial(PLACE);
            return second.isDone();
        });

        Await.within(Duration.ofSeconds(4), first);
        assertThat(first)
                .isCompletedWithValue(new PlaceTrial(List.of(Step.CONNECTED), Optional.of(new Problem.Cancelled())));
        assertThat(second.join().problem()).contains(new Problem.Cancelled());
        assertThat(shop.core().cancelTrial(PLACE)).isFalse();
    }

    @Test
    void saysThatTheServerDoesNotLetFilesBeRemoved() {
        Problem kept = new Problem.ServerRefused("data-centre", "550");
        centre.refuseDeletes(kept);

        assertThat(shop.core().tryPlace(PLACE))
                .isEqualTo(new PlaceTrial(List.of(Step.CONNECTED, Step.WRITTEN, Step.READ_BACK), Optional.of(kept)));
    }
}
