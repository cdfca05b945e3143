package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Loss;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till's database is gone, the host has made an empty one, and backups go on being made of that. */
class LostDatabaseTest {
    private final InMemorySource source = new InMemorySource("kasse1");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = opened();
        source.rows(1_000);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itsLastBackupStaysAndNothingIsGreenHoweverManyOfTheEmptyOneCome() {
        Backup full = shop.backup();
        lose();

        assertThat(shop.core().list()).extracting(Backup::id).hasSize(3).contains(full.id());
        assertThat(safety()).isEqualTo(Safety.LOSS);
        assertThat(beforeLoss()).contains(full.id());
        assertThat(shop.core().status().beforeLoss().orElseThrow().loss())
                .map(Loss::rowsLeft)
                .contains(3L);
    }

    @Test
    void newSalesMakeUpForNothing() {
        Backup full = shop.backup();
        lose();
        for (int rows : new int[] {400, 800, 1_200, 1_300}) {
            source.rows(rows);
            shop.automaticBackup();
        }

        assertThat(beforeLoss()).contains(full.id());
        assertThat(safety()).isEqualTo(Safety.LOSS);
    }

    @Test
    void aDatabaseThatComesEmptyIsToldOfAtOnceAndNotAgain() {
        Backup full = shop.backup();
        shop.close();
        source.rows(3);
        shop = opened();

        Await.until("the backup that shows it", () -> shop.core().list().size() == 2);
        assertThat(beforeLoss()).contains(full.id());
        assertThat(newest(BackupKind.AUTOMATIC).manifest().trigger()).isEqualTo("first-look");

        reopenAndAwaitLook();
        shop.backup();
        assertThat(shop.core().list()).as("nothing more was lost").hasSize(3);
    }

    @Test
    void aDatabaseThatComesAsItWasIsLookedAtOnceAndNotBackedUp() {
        shop.backup();
        reopenAndAwaitLook();

        assertThat(safety()).isEqualTo(Safety.NO_COPY);
        shop.backup();
        assertThat(shop.core().list()).hasSize(2);
    }

    @Test
    void aDatabaseThatGoesWhileItIsLookedAtEndsNothingElse() throws Exception {
        shop.backup();
        source.leave();
        reopenAndAwaitLook();
        shop.core().ports().destinations().add(1, new InMemoryDestination("data-centre"));

        assertThat(shop.core().listAt(new Place("data-centre", "shop"))).isEmpty();
    }

    @Test
    void anotherDatabaseThatComesLaterIsLookedAt() {
        Backup full = shop.backup();
        reopenAndAwaitLook();
        InMemorySource other = new InMemorySource("kasse1");
        other.rows(2);
        shop.core().ports().sources().add(1, other);

        Await.until("the loss", () -> beforeLoss().isPresent());
        assertThat(beforeLoss()).contains(full.id());
    }

    @Test
    void thatOutlivesARestart() {
        Backup full = shop.backup();
        lose();
        shop.close();
        shop = opened();

        assertThat(beforeLoss()).contains(full.id());
        shop.succeeds(shop.core().verify(full.id()));
        assertThat(beforeLoss()).contains(full.id());
    }

    @Test
    void toRestoreItMakesUpForIt() {
        Backup full = shop.backup();
        lose();

        shop.succeeds(shop.core().restore(full.id(), Optional.empty()));

        assertThat(beforeLoss()).isEmpty();
        shop.backup();
        assertThat(safety()).isEqualTo(Safety.NO_COPY);
        shop.backup();
        assertThat(shop.core().find(full.id())).as("an ordinary one again").isEmpty();
    }

    @Test
    void toRestoreASmallOneInAFullOnesPlaceIsALossUntilSomebodySaysThatItIsNone() throws Exception {
        source.rows(3);
        Backup small = shop.backup();
        source.rows(1_000);
        shop.backup();
        shop.succeeds(shop.core().restore(small.id(), Optional.empty()));
        Backup replaced = newest(BackupKind.SAFETY);

        shop.close();
        shop = opened();
        for (int i = 0; i < 4; i++) {
            shop.backup();
        }

        assertThat(beforeLoss()).as("over a restart, too").contains(replaced.id());
        shop.core().nothingLost(replaced.id());
        assertThat(safety()).isEqualTo(Safety.NO_COPY);
        source.rows(1_000);
        Backup fullAgain = shop.backup();
        lose();
        assertThat(beforeLoss()).as("what was restored counts once").contains(fullAgain.id());
    }

    @Test
    void whatWasSoldOnAnEmptyOneIsNotWhatIsToBeRestored() throws Exception {
        Backup full = shop.backup();
        source.rows(3);
        shop.automaticBackup();
        source.rows(150);
        Backup small = shop.automaticBackup();
        shop.core().remark(small.id(), new Remark(true, ""));
        source.rows(3);
        shop.automaticBackup();
        assertThat(beforeLoss()).contains(full.id());

        shop.succeeds(shop.core().restore(full.id(), Optional.empty()));
        shop.backup();

        assertThat(beforeLoss()).isEmpty();
        shop.succeeds(shop.core().restore(small.id(), Optional.empty()));
        assertThat(safety()).as("the full books were replaced").isEqualTo(Safety.LOSS);
    }

    @Test
    void whatWasSoldBetweenTwoLossesIsKeptForEverOnceTheFullOneIsBack() {
        Backup full = shop.backup();
        lose();
        source.rows(150);
        Backup between = shop.automaticBackup();
        lose();

        shop.succeeds(shop.core().restore(full.id(), Optional.empty()));

        assertThat(beforeLoss()).isEmpty();
        assertThat(shop.core().find(between.id()).orElseThrow().remark().kept()).isTrue();
    }

    @Test
    void theLastOnesOfTheLiveDatabaseStayNotThoseOfOneThatWasReplaced() throws Exception {
        Backup kept = shop.backup();
        shop.core().remark(kept.id(), new Remark(true, ""));
        source.rows(1_100);
        Backup gone = shop.backup();
        shop.succeeds(shop.core().restore(kept.id(), Optional.empty()));
        Backup last = shop.backup();
        Files.delete(shop.archive(last));

        lose();

        assertThat(beforeLoss()).as("not %s", gone.id()).contains(kept.id());
    }

    @Test
    void numbersGoOnWhereTheManifestsAreLost() throws Exception {
        Backup first = shop.backup();
        Backup second = shop.backup();
        shop.succeeds(shop.core().restore(first.id(), Optional.empty()));
        shop.close();
        for (Backup backup : List.of(first, second)) {
            Files.delete(shop.archive(backup).resolveSibling(backup.manifest().manifestName()));
        }
        try (Stream<Path> files = Files.list(directory.resolve("backups"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith("3.json")).toList()) {
                Files.delete(file);
            }
        }
        shop = opened();

        Backup next = shop.backup();

        assertThat(next.id().sequence()).isGreaterThan(second.id().sequence());
        assertThat(next.live()).isTrue();
    }

    @Test
    void whatIsOfTheDatabaseThatWasReplacedCountsForNothing() throws Exception {
        Backup full = shop.backup();
        source.rows(900);
        Backup later = shop.backup();
        shop.core().verify(later.id()).outcome().toCompletableFuture().join();

        shop.succeeds(shop.core().restore(full.id(), Optional.empty()));

        assertThat(shop.core().status().newestGood()).map(Backup::id).contains(full.id());
        assertThat(shop.core().find(later.id()).orElseThrow().live()).isFalse();
        Backup replaced = newest(BackupKind.SAFETY);
        assertThat(replaced.live()).isFalse();
        shop.close();
        shop = opened();
        assertThat(shop.core().status().newestGood())
                .as("over a restart")
                .map(Backup::id)
                .contains(full.id());

        shop.succeeds(shop.core().restore(replaced.id(), Optional.empty()));

        assertThat(shop.core().status().newestGood())
                .as("the way back")
                .map(Backup::id)
                .contains(later.id());
        Backup newest = shop.backup();
        assertThat(shop.core().status().newestGood()).map(Backup::id).contains(newest.id());
    }

    @Test
    void whereNobodyKnowsWhatWasRestoredNothingCountsThatWasMadeBefore() throws Exception {
        Backup older = shop.backup();
        shop.backup();
        shop.succeeds(shop.core().restore(older.id(), Optional.empty()));
        shop.close();
        Files.writeString(directory.resolve("backups/restores"), "\0\0\0");
        shop = opened();

        assertThat(shop.core().status().newestGood()).isEmpty();
        assertThat(shop.core().list()).hasSize(3);
        Backup next = shop.backup();
        shop.close();
        shop = opened();
        assertThat(shop.core().status().newestGood()).map(Backup::id).contains(next.id());
    }

    @Test
    void toRestoreASmallOneOrIntoAnotherPlaceMakesUpForNothing() {
        Backup full = shop.backup();
        lose();
        Backup small = shop.core().status().newestGood().orElseThrow();

        shop.succeeds(shop.core().restore(full.id(), Optional.of("elsewhere")));
        shop.succeeds(shop.core().restore(small.id(), Optional.empty()));

        assertThat(beforeLoss()).contains(full.id());
    }

    @Test
    void whoSaysThatNothingIsMissingKeepsTheBackupByThatWithItsNote() throws Exception {
        Backup full = shop.backup();
        lose();
        shop.core().remark(full.id(), new Remark(false, "before the move"));
        assertThat(beforeLoss()).as("a note sees to nothing").contains(full.id());

        shop.core().nothingLost(full.id());

        assertThat(safety()).isEqualTo(Safety.NO_COPY);
        assertThat(shop.core().find(full.id()).orElseThrow().remark()).isEqualTo(new Remark(true, "before the move"));
        shop.core().nothingLost(full.id());
    }

    @Test
    void toKeepItForEverIsNoWordForIt() throws Exception {
        Backup full = shop.backup();
        shop.core().remark(full.id(), new Remark(true, "year end"));
        lose();
        shop.core().remark(full.id(), new Remark(true, "end of the year"));

        assertThat(beforeLoss()).contains(full.id());
    }

    @Test
    void aRestoreThatFoundTheEmptyOneAndFailedHidesNothing() throws Exception {
        Backup full = shop.backup();
        source.rows(3);
        InMemorySource.Hold held = source.holdAt(1);
        Run restore = shop.core().restore(full.id(), Optional.empty());
        held.awaitReached();
        source.refuseTargets(new Problem.RestoreFailed("test"));
        held.release();
        shop.fails(restore);
        source.heal();
        assertThat(shop.core().list()).anyMatch(backup -> backup.manifest().kind() == BackupKind.SAFETY);

        shop.automaticBackup();

        assertThat(beforeLoss()).contains(full.id());
    }

    @Test
    void aWordForTheSecondLossIsNoneForTheFirstThatTookMore() throws Exception {
        Backup first = shop.backup();
        source.rows(3);
        shop.automaticBackup();
        source.rows(150);
        Backup second = shop.automaticBackup();
        source.rows(3);
        shop.automaticBackup();
        assertThat(beforeLoss()).as("what took most").contains(first.id());

        shop.core().nothingLost(second.id());

        assertThat(beforeLoss()).contains(first.id());
        shop.core().nothingLost(first.id());
        assertThat(beforeLoss()).isEmpty();
    }

    @Test
    void newSalesThatAreLostAgainMakeUpForNothingEither() {
        Backup first = shop.backup();
        lose();
        source.rows(1_300);
        Backup second = shop.automaticBackup();
        lose();

        assertThat(shop.core().list()).extracting(Backup::id).contains(first.id(), second.id());
        shop.succeeds(shop.core().restore(second.id(), Optional.empty()));
        assertThat(beforeLoss()).as("nothing of it is back").contains(first.id());
    }

    @Test
    void toRestoreAnOlderOneLeavesTheWordToAPerson() throws Exception {
        Backup older = shop.backup();
        shop.core().remark(older.id(), new Remark(true, ""));
        Backup last = shop.backup();
        lose();

        shop.succeeds(shop.core().restore(older.id(), Optional.empty()));
        assertThat(beforeLoss()).contains(last.id());
        shop.succeeds(shop.core().restore(last.id(), Optional.empty()));
        assertThat(beforeLoss()).isEmpty();
    }

    @Test
    void whatWasJustRestoredAndIsLostAgainStays() {
        Backup older = shop.backup();
        source.rows(2_000);
        shop.backup();
        shop.succeeds(shop.core().restore(older.id(), Optional.empty()));
        lose();

        assertThat(beforeLoss()).isPresent();
        assertThat(shop.core().find(older.id()).orElseThrow().stays()).isTrue();
    }

    @Test
    void aLastBackupThatWentWithTheDatabaseIsShownAllTheSameAndAnEarlierGoodOneBefore() throws Exception {
        Backup earlier = shop.backup();
        Backup last = shop.backup();
        Files.delete(shop.archive(last));
        lose();
        assertThat(beforeLoss()).contains(earlier.id());

        Files.delete(shop.archive(earlier));

        assertThat(beforeLoss()).contains(last.id());
        assertThat(safety()).isEqualTo(Safety.LOSS);
    }

    @Test
    void itsLastBackupStaysAtTheDataCentreThoughItIsDamagedHere() throws Exception {
        InMemoryDestination centre = new InMemoryDestination("data-centre");
        Path folder = directory.resolve("sending");
        try (Shop sending = new Shop(folder, Shop.sending(folder, 1), source)) {
            sending.core().ports().destinations().add(1, centre);
            sending.core().ports().routes().add(1, new ToTheCentre());
            Backup full = sent(sending);
            Backup unsent = sending.backup();
            Files.delete(sending.archive(full));
            source.rows(3);
            Backup ordinary = sent(sending);
            Backup newest = sent(sending);

            assertThat(centre.files("shop").keySet())
                    .contains(full.manifest().manifestName(), newest.manifest().manifestName())
                    .doesNotContain(ordinary.manifest().manifestName());
            assertThat(sending.core().status().beforeLoss()).map(Backup::id).contains(unsent.id());
        }
    }

    private void reopenAndAwaitLook() {
        int counted = source.counts.get();
        shop.close();
        shop = opened();
        Await.until("a look", () -> source.counts.get() > counted);
    }

    private Backup newest(BackupKind kind) {
        return shop.core().list().stream()
                .filter(backup -> backup.manifest().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void lose() {
        source.rows(3);
        for (int i = 0; i < 4; i++) {
            shop.automaticBackup();
        }
    }

    private Safety safety() {
        return shop.core().status().safety();
    }

    private Optional<BackupId> beforeLoss() {
        return shop.core().status().beforeLoss().map(Backup::id);
    }

    private static Backup sent(Shop sending) {
        Backup backup = sending.backup();
        return sending.succeeds(sending.core().send(Optional.of(backup.id()))).backup();
    }

    private Shop opened() {
        Path folder = directory.resolve("backups");
        return new Shop(folder, Shop.settings(folder, new Reserve(0, 0), 2), source);
    }

    private record ToTheCentre() implements TransferRoute {
        @Override
        public String destination() {
            return "data-centre";
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kind == BackupKind.MANUAL ? Optional.of("shop") : Optional.empty();
        }
    }
}
