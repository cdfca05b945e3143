package de.joecash.backup.core.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
    private static final Problem AWAY = new Problem.ServerUnreachable("data-centre", "test");

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination centre = new InMemoryDestination("data-centre");
    private final TransferRoute everything = route(EnumSet.allOf(BackupKind.class));

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() throws BackupException {
        source.rows(20_000);
        source.directories.add(directory.resolve("database"));
        shop = opened();
        shop.core().ports().routes().add(1, route(Set.of(BackupKind.MANUAL)));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void sendsTheNewestGoodManualBackupAndItsManifest() throws IOException {
        shop.backup();
        Backup newest = shop.backup();
        shop.automaticBackup();

        Outcome.Succeeded sent = shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(sent.backup().id()).isEqualTo(newest.id());
        assertThat(sent.proven()).containsExactly(Outcome.Proof.COPY_CONTENT_EQUAL);
        assertThat(centre.files("shop").keySet())
                .containsExactlyInAnyOrder(
                        newest.manifest().archiveName(),
                        newest.id() + ".parts.json",
                        newest.manifest().manifestName());
        assertThat(centre.files("shop").get(newest.manifest().archiveName()))
                .isEqualTo(Files.readAllBytes(shop.archive(newest)));
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(shop.core().status().newestOffServer()).contains(sent.backup());
        assertThat(centre.offLimits().get(0))
                .containsExactly(directory.resolve("backups"), directory.resolve("database"));
    }

    @Test
    void aBackupThatIsAskedToBeSentIsSentOnceItIsGood() {
        Backup made = shop.succeeds(
                        shop.core().create(CreateRequest.manual("test").andSend()))
                .backup();

        await(() -> !shop.core().find(made.id()).orElseThrow().copies().isEmpty());
        assertThat(centre.files("shop")).containsKey(made.manifest().manifestName());
    }

    @Test
    void nothingIsSentThatNobodyAskedToBeSent() {
        shop.backup();

        assertThat(shop.core().transfers()).isEmpty();
        assertThat(centre.puts()).isZero();
    }

    @Test
    void refusesWithoutABackupAndWithoutARoute() {
        assertThat(shop.fails(shop.core().send(Optional.empty()))).isEqualTo(new Problem.NothingToSend());
        shop.backup();
        shop.core().ports().routes().remove(1);
        assertThat(shop.fails(shop.core().send(Optional.empty()))).isEqualTo(new Problem.NoRoute());
    }

    @Test
    void letsTheRouteOfTheHighestRankDecide() {
        InMemoryDestination medium = new InMemoryDestination("medium");
        shop.core().ports().destinations().add(2, medium);
        shop.core().ports().routes().add(2, new FixedRoute("medium", "/media/usb0", Set.of(BackupKind.MANUAL)));
        shop.backup();

        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(medium.puts()).isEqualTo(2);
        assertThat(centre.puts()).isZero();
    }

    @Test
    void waitsForTheServerAndSendsOnceItIsBack() {
        Backup backup = shop.backup();
        centre.failNext(AWAY);

        assertThat(shop.fails(shop.core().send(Optional.empty()))).isEqualTo(AWAY);

        Transfer waiting = shop.core().transfers().get(0);
        assertThat(waiting.state()).isEqualTo(Transfer.State.WAITING);
        assertThat(waiting.problem()).contains(AWAY);
        assertThat(Duration.between(
                        shop.clock().instant(), waiting.nextAttempt().orElseThrow()))
                .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        shop.clock().advance(Duration.ofSeconds(73));
        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.files("shop")).containsKey(backup.manifest().archiveName());
        assertThat(centre.puts()).isEqualTo(3);
    }

    @Test
    void keepsTheQueueOverARestartAndSendsTheBackupOnce() throws BackupException {
        Backup backup = shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));

        shop.close();
        shop = opened();
        assertThat(shop.core().transfers()).extracting(Transfer::backup).containsExactly(backup.id());
        shop.core().ports().routes().add(1, everything);
        shop.clock().advance(Duration.ofSeconds(73));

        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.puts()).isEqualTo(3);
        assertThat(shop.core().find(backup.id()).orElseThrow().copies())
                .extracting(Copy::place)
                .containsExactly(new Place("data-centre", "shop"));
    }

    @Test
    void doesNotSendAgainWhatArrivedBeforeItWasRecorded() throws Exception {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        forgetCopies(backup);

        Outcome.Succeeded again = shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(centre.puts()).isEqualTo(3);
        assertThat(again.backup().copies()).hasSize(1);
    }

    @Test
    void neverOverwritesAnotherFileOfTheSameName() {
        Backup backup = shop.backup();
        centre.files("shop").put(backup.manifest().archiveName(), new byte[] {1, 2, 3});

        Problem problem = shop.fails(shop.core().send(Optional.empty()));

        assertThat(problem).isInstanceOf(Problem.NameTaken.class);
        assertThat(centre.files("shop").get(backup.manifest().archiveName())).containsExactly(1, 2, 3);
        assertThat(shop.core().transfers().get(0).state()).isEqualTo(Transfer.State.STOPPED);
    }

    @Test
    void stopsWhereTimeDoesNotHealAndGoesOnWhenAskedAgain() {
        shop.backup();
        centre.failNext(new Problem.LoginRefused("data-centre"));
        shop.fails(shop.core().send(Optional.empty()));
        assertThat(shop.core().transfers().get(0).state()).isEqualTo(Transfer.State.STOPPED);
        shop.clock().advance(Duration.ofDays(1));
        assertThat(centre.connects()).isEqualTo(1);

        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(shop.core().transfers()).isEmpty();
    }

    @Test
    void isNotGreenWhileWhatWasStoppedWaitsForSomebody() {
        shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        shop.backup();
        centre.failNext(new Problem.LoginRefused("data-centre"));

        shop.fails(shop.core().send(Optional.empty()));

        assertThat(shop.core().status().safety()).isEqualTo(Safety.SENDING_STOPPED);
        shop.core().ports().routes().remove(1);
        assertThat(shop.core().status().safety()).as("no way there is open").isEqualTo(Safety.SAFE);
        shop.core().ports().routes().add(1, everything);
        shop.succeeds(shop.core().send(Optional.empty()));
        assertThat(shop.core().status().safety()).isEqualTo(Safety.SAFE);
    }

    @Test
    void keepsNothingOfASendThatTheMediumsPathRefused() {
        shop.backup();
        centre.failNext(new Problem.MediumRefused("/media/usb9", Problem.MediumRefused.Reason.MISSING));

        assertThat(shop.fails(shop.core().send(Optional.empty()))).isInstanceOf(Problem.MediumRefused.class);

        assertThat(shop.core().transfers()).isEmpty();
    }

    @Test
    void keepsACopyThatWasCutOffAndFindsItsMediumGoneLater() {
        shop.backup();
        Problem gone = new Problem.MediumRefused("/media/usb0", Problem.MediumRefused.Reason.MISSING);
        centre.failNext(new Problem.Stopping());
        centre.failNext(gone);

        shop.fails(shop.core().send(Optional.empty()));

        await(() -> shop.core().transfers().get(0).state() == Transfer.State.STOPPED);
        assertThat(shop.core().transfers().get(0).problem()).contains(gone);
    }

    @Test
    void knowsAPlaceThatNoOpenRouteLeadsTo() {
        Place salon = new Place("data-centre", "tills/salon");
        shop.core().ports().knownPlaces().add(1, () -> Optional.of(salon));
        shop.core().ports().knownPlaces().add(2, Optional::empty);
        shop.core().ports().routes().remove(1);

        assertThat(shop.core().places()).containsExactlyInAnyOrder(salon, new Place("data-centre", ""));
        assertThat(shop.fails(shop.core().send(Optional.of(shop.backup().id()))))
                .isEqualTo(new Problem.NoRoute());
    }

    @Test
    void sendsNoArchiveThatHasChanged() throws IOException {
        Backup backup = shop.backup();
        byte[] bytes = Files.readAllBytes(shop.archive(backup));
        bytes[bytes.length / 2] ^= 1;
        Files.write(shop.archive(backup), bytes);

        Problem problem = shop.fails(shop.core().send(Optional.empty()));

        assertThat(problem).isInstanceOf(Problem.ArchiveDamaged.class);
        assertThat(centre.files("shop")).doesNotContainKey(backup.manifest().archiveName());
    }

    @Test
    void cancelsAnUploadAndTakesItOutOfTheQueue() {
        shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();
        Transfer sending = shop.core().transfers().get(0);
        assertThat(sending.state()).isEqualTo(Transfer.State.SENDING);

        assertThat(shop.core().cancel(sending.id())).isTrue();

        assertThat(shop.fails(run)).isEqualTo(new Problem.Cancelled());
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(centre.puts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void removesWithTheNextDeliveryWhatOneThatWasTakenOutHasLeft(int filesBefore) {
        shop.backup();
        centre.failPutAfter(filesBefore, AWAY);
        assertThat(shop.fails(shop.core().send(Optional.empty()))).isEqualTo(AWAY);
        assertThat(shop.core().cancel(shop.core().transfers().get(0).id())).isTrue();
        assertThat(centre.files("shop").keySet()).anyMatch(name -> name.endsWith(".part"));

        Backup next = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(centre.files("shop").keySet())
                .allMatch(name -> name.startsWith(next.id().value()))
                .noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void endsInMidUploadWithinFourSecondsAndKeepsTheEntry() throws BackupException {
        Backup backup = shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();

        Stopwatch watch = Stopwatch.start();
        shop.close();

        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(shop.fails(run)).isEqualTo(new Problem.Stopping());
        centre.releasePuts();
        shop = opened();
        shop.core().ports().routes().add(1, everything);
        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.files("shop")).containsKey(backup.manifest().archiveName());
    }

    @Test
    void sendsAnAutomaticBackupByItselfWhileItsRouteIsOpen() {
        Backup backup = shop.automaticBackup();
        assertThat(centre.puts()).isZero();

        shop.core().ports().routes().add(1, everything);

        await(() -> !shop.core().find(backup.id()).orElseThrow().copies().isEmpty());
        assertThat(centre.puts()).isEqualTo(3);
    }

    @Test
    void waitsWhileTheRouteIsClosedAndSaysWhy() {
        shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();

        shop.core().ports().routes().remove(1);

        assertThat(shop.fails(run)).isEqualTo(new Problem.NotEntitled());
        centre.releasePuts();
        assertThat(shop.core().transfers().get(0).problem()).contains(new Problem.NotEntitled());
        shop.core().ports().routes().add(1, everything);
        await(() -> shop.core().transfers().isEmpty());
    }

    @Test
    void whatWaitsBecauseOfALapseIsTakenOutAndStaysOut() {
        shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();
        shop.core().ports().routes().remove(1);
        assertThat(shop.fails(run)).isEqualTo(new Problem.NotEntitled());
        centre.releasePuts();

        assertThat(shop.core().cancel(shop.core().transfers().get(0).id())).isTrue();

        assertThat(shop.core().transfers()).isEmpty();
        shop.core().ports().routes().add(1, everything);
        Backup next = shop.backup();
        shop.succeeds(shop.core().send(Optional.of(next.id())));
        assertThat(centre.files("shop").keySet())
                .as("the next one, and nothing of it")
                .allMatch(name -> name.startsWith(next.id().value()) || name.endsWith(".part"));
    }

    @Test
    void fetchesABackupOnANewMachineWithoutAnyRoute() throws BackupException {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        shop.close();
        shop = new Shop(directory.resolve("new-machine"), source);
        shop.trust(directory.resolve("backups"));
        shop.core().ports().destinations().add(1, centre);
        Place place = new Place("data-centre", "shop");

        assertThat(shop.core().listAt(place)).containsExactly(RemoteBackup.of(backup.manifest()));
        Outcome.Succeeded fetched = shop.succeeds(shop.core().fetch(place, backup.id(), Optional.empty()));

        assertThat(fetched.backup().manifest()).isEqualTo(backup.manifest());
        assertThat(shop.core().list()).containsExactly(fetched.backup());
        assertThat(shop.core().places()).contains(place);
    }

    @Test
    void takesNothingFromAPlaceThatIsNotWhatItsManifestSays() throws BackupException {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        centre.files("shop").get(backup.manifest().archiveName())[500] ^= 1;
        shop.close();
        shop = new Shop(directory.resolve("new-machine"), source);
        shop.trust(directory.resolve("backups"));
        shop.core().ports().destinations().add(1, centre);

        Problem problem =
                shop.fails(shop.core().fetch(new Place("data-centre", "shop"), backup.id(), Optional.empty()));

        assertThat(problem).isInstanceOf(Problem.ArchiveDamaged.class);
        assertThat(shop.core().list()).isEmpty();
        assertThat(shop.files()).isEmpty();
    }

    @Test
    void doesNotCallACopyOnTheServerOffServer() {
        centre.capabilities(new Destination.Capabilities(false, Long.MAX_VALUE, Copy.Proof.CONTENT_EQUAL, false, true));
        shop.backup();

        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(shop.core().status().newestOffServer()).isEmpty();
        assertThat(shop.core().status().offServerOverdue()).isTrue();
    }

    @Test
    void listsWhatIsGoodAtAPlaceAndSaysOfAManifestThatIsNotWhatIsWrong() throws BackupException {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        String other = backup.id().value().replace("-000001", "-000002");
        String manifest = new String(centre.files("shop").get(backup.manifest().manifestName()), UTF_8);
        String forged = manifest.replace(backup.id().value(), other).replace("\"kasse1\"", "\"../kasse1\"");
        centre.files("shop").put(other + ".json", forged.getBytes(UTF_8));

        Place place = new Place("data-centre", "shop");
        List<RemoteBackup> there = shop.core().listAt(place);
        assertThat(there.get(0).id().value()).isEqualTo(other);
        assertThat(there.get(0).usable()).isFalse();
        Problem wrong = there.get(0).problem().orElseThrow();
        assertThat(wrong.message(Locale.ENGLISH)).contains(other);
        assertThat(there.subList(1, there.size())).containsExactly(RemoteBackup.of(backup.manifest()));
        assertThat(shop.fails(shop.core().fetch(place, new BackupId(other), Optional.empty())))
                .isEqualTo(wrong);
    }

    @Test
    void oneManifestThatTheServerDoesNotHandOutHidesNoOther() throws BackupException {
        Backup first = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        Backup second = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        Problem refused = new Problem.ServerRefused("data-centre", "550 Permission denied");
        centre.failNextRead(refused);

        assertThat(shop.core().listAt(new Place("data-centre", "shop")))
                .containsExactly(
                        new RemoteBackup(second.id(), Optional.empty(), Optional.of(refused)),
                        RemoteBackup.of(first.manifest()));
    }

    @Test
    void waitsWhereTheConnectionBreaksWhileWhatIsThereIsCompared() throws IOException, BackupException {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        forgetCopies(backup);
        centre.failNextRead(AWAY);

        assertThat(shop.fails(shop.core().send(Optional.empty()))).isEqualTo(AWAY);

        assertThat(shop.core().transfers().get(0).state()).isEqualTo(Transfer.State.WAITING);
    }

    @Test
    void doesNotTakeAConnectionThatBreaksForAnEmptyPlace() {
        shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));
        centre.failNextRead(AWAY);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> shop.core().listAt(new Place("data-centre", "shop")))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(AWAY));
    }

    @Test
    void joinsATransferThatWaitsForItsTurn() {
        Backup first = shop.backup();
        Backup second = shop.backup();
        centre.holdPuts();
        shop.core().send(Optional.of(first.id()));
        centre.awaitHeld();
        Run waiting = shop.core().send(Optional.of(second.id()));

        assertThat(shop.core().send(Optional.of(second.id()))).isSameAs(waiting);

        centre.releasePuts();
        shop.succeeds(waiting);
    }

    @Test
    void cancelsATransferThatWaitsForItsTurn() {
        Backup first = shop.backup();
        Backup second = shop.backup();
        Backup third = shop.backup();
        centre.holdPuts();
        shop.core().send(Optional.of(first.id()));
        centre.awaitHeld();
        Run byItself = shop.core().send(Optional.of(second.id()));
        Run byId = shop.core().send(Optional.of(third.id()));

        byItself.cancel();

        assertThat(shop.core().cancel(byId.id())).isTrue();
        assertThat(shop.fails(byId)).isEqualTo(new Problem.Cancelled());
        assertThat(shop.fails(byItself)).isEqualTo(new Problem.Cancelled());
        assertThat(shop.core().transfers()).extracting(Transfer::backup).containsExactly(first.id());
    }

    @Test
    void leavesAnAutomaticBackupOutOfTheQueueOnceSomebodyTookItOut() {
        shop.automaticBackup();
        centre.failNext(AWAY);
        shop.core().ports().routes().add(1, everything);
        await(() -> centre.connects() == 1
                && shop.core().transfers().stream().anyMatch(entry -> entry.state() == Transfer.State.WAITING));

        assertThat(shop.core().cancel(shop.core().transfers().get(0).id())).isTrue();

        Backup next = shop.backup();
        shop.succeeds(shop.core().send(Optional.of(next.id())));
        assertThat(shop.core().transfers()).isEmpty();
        assertThat(centre.files("shop").keySet()).hasSize(3);
    }

    @Test
    void doesNotWaitForATimeThatAWrongClockHasSet() {
        shop.clock().advance(Duration.ofDays(3650));
        shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));

        shop.clock().advance(Duration.ofDays(-3650));

        await(() -> shop.core().transfers().isEmpty());
    }

    @Test
    void refusesToSendOnceItIsStopped() {
        Backup backup = shop.backup();
        shop.close();

        assertThat(shop.fails(shop.core().send(Optional.of(backup.id())))).isEqualTo(new Problem.Stopping());
    }

    private void forgetCopies(Backup backup) throws IOException, BackupException {
        shop.close();
        Files.delete(directory.resolve("backups").resolve(backup.id() + ".state.json"));
        shop = opened();
        shop.core().ports().routes().add(1, everything);
    }

    private Shop opened() throws BackupException {
        Shop opened = new Shop(directory.resolve("backups"), source);
        opened.core().ports().destinations().add(1, centre);
        return opened;
    }

    private static TransferRoute route(Set<BackupKind> kinds) {
        return new FixedRoute("data-centre", "shop", kinds);
    }

    private static void await(BooleanSupplier condition) {
        Await.until("it comes to pass", condition::getAsBoolean);
    }

    private record FixedRoute(String destination, String directory, Set<BackupKind> kinds) implements TransferRoute {
        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return kinds.contains(kind) ? Optional.of(directory) : Optional.empty();
        }
    }
}
