package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemoryDestination;
import de.joecash.backup.testkit.InMemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people may do to what waits, and how it waits. */
class QueueTest {
    private static final Problem AWAY = new Problem.ServerUnreachable("data-centre", "test");

    private final InMemorySource source = new InMemorySource("kasse1");
    private final InMemoryDestination centre = new InMemoryDestination("data-centre");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() throws BackupException {
        source.rows(20_000);
        shop = opened(Duration.ZERO);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void holdsAnEntryThatIsPausedOverARestartUntilItIsResumed() throws BackupException {
        shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));

        assertThat(shop.core().pause(only().id())).isTrue();
        shop.close();
        shop = opened(Duration.ZERO);
        shop.clock().advance(Duration.ofDays(1));
        shop.core().transfers();
        assertThat(only().state()).isEqualTo(Transfer.State.PAUSED);
        assertThat(centre.connects()).isEqualTo(1);

        assertThat(shop.core().resume(only().id())).isTrue();
        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.puts()).isEqualTo(3);
    }

    @Test
    void pausesWhatIsBeingSent() {
        Backup backup = shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();

        assertThat(shop.core().pause(run.id())).isTrue();

        assertThat(shop.fails(run)).isEqualTo(new Problem.Cancelled());
        assertThat(only().state()).isEqualTo(Transfer.State.PAUSED);
        centre.releasePuts();
        assertThat(shop.core().resume(only().id())).isTrue();
        await(() -> shop.core().transfers().isEmpty());
        assertThat(shop.core().find(backup.id()).orElseThrow().copies()).hasSize(1);
    }

    @Test
    void keepsWhatIsPausedWhileItIsSentPausedOverAPowerCut() throws BackupException {
        shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();
        shop.core().pause(run.id());
        centre.releasePuts();
        shop.close();

        shop = opened(Duration.ZERO);

        assertThat(only().state()).isEqualTo(Transfer.State.PAUSED);
    }

    @Test
    void goesOnWhereItIsResumedBeforeItHasStopped() {
        shop.backup();
        centre.holdPuts();
        Run run = shop.core().send(Optional.empty());
        centre.awaitHeld();

        boolean paused = shop.core().pause(run.id());
        boolean resumed = shop.core().resume(run.id())
                || shop.core().transfers().stream()
                        .allMatch(entry -> shop.core().resume(entry.id()));
        centre.releasePuts();

        assertThat(paused && resumed).isTrue();
        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.puts()).isPositive();
    }

    @Test
    void sendsAPausedBackupWhereSomebodySendsItAgain() {
        shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));
        shop.core().pause(only().id());

        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(shop.core().transfers()).isEmpty();
    }

    @Test
    void leavesAPausedEntryWhereAnotherBackupIsSentToThePlace() {
        Backup paused = shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));
        shop.core().pause(only().id());

        shop.backup();
        shop.succeeds(shop.core().send(Optional.empty()));

        assertThat(only().backup()).isEqualTo(paused.id());
        assertThat(only().state()).isEqualTo(Transfer.State.PAUSED);
    }

    @Test
    void triesAtOnceWhatWaitsForItsNextAttempt() {
        shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));
        assertThat(only().state()).isEqualTo(Transfer.State.WAITING);

        assertThat(shop.core().resume(only().id())).isTrue();

        await(() -> shop.core().transfers().isEmpty());
    }

    @Test
    void saysWhereThereIsNothingToPauseOrResume() {
        assertThat(shop.core().pause("nothing")).isFalse();
        assertThat(shop.core().resume("nothing")).isFalse();
    }

    @Test
    void cancelsWhatIsPaused() {
        shop.backup();
        centre.failNext(AWAY);
        shop.fails(shop.core().send(Optional.empty()));
        shop.core().pause(only().id());

        assertThat(shop.core().cancel(only().id())).isTrue();

        assertThat(shop.core().transfers()).isEmpty();
    }

    @Test
    void asksAServerWithoutRoomRarely() {
        shop.backup();
        centre.failNext(new Problem.ServerFull("data-centre", "552 quota"));
        shop.fails(shop.core().send(Optional.empty()));

        assertThat(only().state()).isEqualTo(Transfer.State.WAITING);
        assertThat(Duration.between(shop.clock().instant(), only().nextAttempt().orElseThrow()))
                .isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
    }

    @Test
    void spreadsAutomaticTransfersAndSendsThemAllTheSame() throws BackupException {
        shop.close();
        shop = opened(Duration.ofMinutes(10));
        shop.automaticBackup();

        await(() -> shop.core().transfers().size() == 1);
        assertThat(Duration.between(shop.clock().instant(), only().nextAttempt().orElseThrow()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(10));

        shop.clock().advance(Duration.ofMinutes(10));
        await(() -> shop.core().transfers().isEmpty());
        assertThat(centre.puts()).isEqualTo(3);
    }

    private Transfer only() {
        assertThat(shop.core().transfers()).hasSize(1);
        return shop.core().transfers().get(0);
    }

    private Shop opened(Duration spread) throws BackupException {
        Path folder = directory.resolve("backups");
        CoreSettings settings = Shop.settings(folder, Shop.transfers(spread, 60));
        Shop opened = new Shop(folder, settings, source);
        opened.core().ports().destinations().add(1, centre);
        opened.core().ports().routes().add(1, new Everything());
        return opened;
    }

    private static void await(BooleanSupplier condition) {
        Await.until("it comes to pass", condition::getAsBoolean);
    }

    private record Everything() implements TransferRoute {
        @Override
        public String destination() {
            return "data-centre";
        }

        @Override
        public Optional<String> directoryFor(BackupKind kind) {
            return Optional.of("shop");
        }
    }
}
