package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.SourceInfo;
import de.joecash.backup.TableContents;
import de.joecash.backup.core.internal.catalogue.Reserve;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.RestoreTarget;
import de.joecash.backup.spi.Source;
import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.InMemorySource;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTest {
    private final InMemorySource source = new InMemorySource("kasse1");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() throws BackupException {
        source.rows(20_000);
        shop = new Shop(directory.resolve("backups"), source);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void makesABackupThatIsProvenAndListed() {
        Run run = shop.core().create(CreateRequest.manual("test"));
        Outcome.Succeeded succeeded = shop.succeeds(run);

        assertThat(run.backup()).contains(succeeded.backup().id());
        assertThat(succeeded.proven()).containsExactlyInAnyOrder(Outcome.Proof.SYNCED, Outcome.Proof.READ_BACK);
        assertThat(shop.core().list()).containsExactly(succeeded.backup());
        assertThat(succeeded.backup().manifest().tables()).isEqualTo(InMemorySource.contents(source.text()));
        assertThat(succeeded.backup().id().value()).isEqualTo("kasse1-2026-11-22T123000-000001");
        assertThat(shop.files())
                .containsExactlyInAnyOrder(
                        "kasse1-2026-11-22T123000-000001.sql.gz", "kasse1-2026-11-22T123000-000001.json");
    }

    @Test
    void handsOutTheArchiveAsItLiesThereAndNoneThatIsNotWhole() throws Exception {
        Backup backup = shop.backup();
        byte[] file = Files.readAllBytes(shop.archive(backup));
        try (InputStream archive = shop.core().archive(backup.id())) {
            assertThat(archive.readAllBytes()).isEqualTo(file).hasSize((int)
                    backup.manifest().archiveBytes());
        }
        Files.write(shop.archive(backup), Arrays.copyOf(file, file.length - 1));
        assertThat(refused(backup.id())).isInstanceOf(Problem.ArchiveDamaged.class);
        Files.delete(shop.archive(backup));
        assertThat(refused(backup.id())).isInstanceOf(Problem.ArchiveDamaged.class);
        Backup damaged = shop.backup();
        flipBit(shop.archive(damaged));
        shop.fails(shop.core().verify(damaged.id()));
        assertThat(refused(damaged.id())).isInstanceOf(Problem.ArchiveDamaged.class);
        BackupId unknown = new BackupId("kasse1-2026-11-22T123000-000099");
        assertThat(refused(unknown)).isEqualTo(new Problem.UnknownBackup(unknown.value()));
    }

    private Problem refused(BackupId id) throws IOException {
        try (InputStream archive = shop.core().archive(id)) {
            throw new AssertionError("There is an archive of " + archive.available() + " bytes");
        } catch (BackupException e) {
            return e.problem();
        }
    }

    @Test
    void joinsASecondAskAndRefusesAnythingElseMeanwhile() throws InterruptedException {
        InMemorySource.Hold hold = source.holdAt(1000);
        Run first = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();

        assertThat(shop.core().create(CreateRequest.manual("test"))).isSameAs(first);
        assertThat(shop.core().current()).contains(first);
        assertThat(first.progress().phase()).isEqualTo(Phase.DUMPING);
        Problem refused = shop.fails(shop.core().verify(new BackupId("kasse1-2026-11-22T123000-000001")));
        assertThat(refused).isEqualTo(new Problem.Busy(Run.Kind.CREATE));

        hold.release();
        shop.succeeds(first);
        assertThat(shop.core().list()).hasSize(1);
    }

    @Test
    void makesAPersonsBackupAfterTheAutomaticOneUnderWay() throws InterruptedException {
        InMemorySource.Hold hold = source.holdAt(1000);
        CreateRequest wanted = new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty());
        Run automatic = shop.core().create(wanted);
        hold.awaitReached();

        Run manual = shop.core().create(CreateRequest.manual("test"));

        assertThat(manual).isNotSameAs(automatic);
        assertThat(manual.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(shop.core().create(CreateRequest.manual("test"))).isSameAs(manual);
        assertThat(shop.core().create(wanted)).isSameAs(automatic);
        assertThat(shop.core().current()).contains(automatic);
        hold.release();
        assertThat(shop.succeeds(automatic).backup().manifest().kind()).isEqualTo(BackupKind.AUTOMATIC);
        assertThat(shop.succeeds(manual).backup().manifest().kind()).isEqualTo(BackupKind.MANUAL);
        assertThat(shop.core().list()).hasSize(2);
    }

    @Test
    void letsAnythingElseWaitForTheAutomaticBackupUnderWay() throws InterruptedException {
        Backup earlier = shop.backup();
        InMemorySource.Hold hold = source.holdAt(1000);
        Run automatic = shop.core().create(new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty()));
        hold.awaitReached();

        Run check = shop.core().verify(earlier.id());

        assertThat(check.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(shop.fails(shop.core().verify(earlier.id()))).isEqualTo(new Problem.Busy(Run.Kind.VERIFY));
        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test"))))
                .isEqualTo(new Problem.Busy(Run.Kind.VERIFY));
        hold.release();
        shop.succeeds(automatic);
        shop.succeeds(check);
    }

    @Test
    void cancelsABackupThatStillWaits() throws InterruptedException {
        InMemorySource.Hold hold = source.holdAt(1000);
        Run automatic = shop.core().create(new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty()));
        hold.awaitReached();
        Run manual = shop.core().create(CreateRequest.manual("test"));

        assertThat(shop.core().cancel(manual.id())).isTrue();
        hold.release();

        shop.succeeds(automatic);
        assertThat(shop.fails(manual)).isEqualTo(new Problem.Cancelled());
        assertThat(shop.core().list()).hasSize(1);
    }

    @Test
    void leavesNothingBehindWhenCancelledAndKeepsEarlierBackups() throws InterruptedException {
        Backup earlier = shop.backup();
        InMemorySource.Hold hold = source.holdAt(5000);
        Run run = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();

        assertThat(shop.core().cancel(run.id())).isTrue();

        assertThat(shop.fails(run)).isEqualTo(new Problem.Cancelled());
        assertThat(shop.core().list()).containsExactly(earlier);
        assertThat(shop.files()).hasSize(2);
    }

    @Test
    void letsTheFolderGoWhereItCouldNotClearItUp() throws Exception {
        shop.close();
        Path inTheWay = directory.resolve("backups").resolve("kasse1-2026-11-22T123000-000001.json.part");
        Files.createDirectories(inTheWay.resolve("not-empty"));
        try (Shop refused = new Shop(directory.resolve("backups"), source)) {
            assertThat(refused.fails(refused.core().create(CreateRequest.manual("test"))))
                    .isInstanceOf(Problem.FolderUnusable.class);
        }

        Files.delete(inTheWay.resolve("not-empty"));

        shop = new Shop(directory.resolve("backups"), source);
        assertThat(shop.backup().good()).isTrue();
    }

    @Test
    void pausesABackupAndGoesOnWhereItStopped() throws InterruptedException {
        InMemorySource.Hold hold = source.holdAt(5000);
        Run run = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();

        assertThat(shop.core().pause(run.id())).isTrue();
        hold.release();

        assertThat(run.progress().phase()).isEqualTo(Phase.PAUSED);
        assertThat(run.outcome().toCompletableFuture()).isNotDone();
        assertThat(shop.core().resume(run.id())).isTrue();
        shop.succeeds(run);
        assertThat(shop.core().pause(run.id())).isFalse();
        assertThat(shop.core().resume("run-0")).isFalse();
    }

    @Test
    void endsWithinFourSecondsAlsoWhilePaused() throws Exception {
        InMemorySource.Hold hold = source.holdAt(5000);
        Run run = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();
        shop.core().pause(run.id());
        hold.release();

        assertStopsInTime(run);
    }

    @Test
    void endsWithinFourSecondsAlsoWhileItYields() throws Exception {
        shop.close();
        Path folder = directory.resolve("backups");
        shop = new Shop(folder, Shop.settings(folder, new PaceSettings(true, 1, 1)), source);
        InMemorySource.Hold hold = source.holdAt(0);
        Run run = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();
        hold.release();

        assertStopsInTime(run);
    }

    @Test
    void theSafetyBackupOfARestoreYieldsToNobodyForSalesAreHeldMeanwhile() throws Exception {
        Backup backup = shop.backup();
        shop.close();
        Path folder = directory.resolve("backups");
        shop = new Shop(folder, Shop.settings(folder, new PaceSettings(true, 1, 1)), source);

        shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));
    }

    private void assertStopsInTime(Run run) throws BackupException {
        Stopwatch watch = Stopwatch.start();
        shop.close();

        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(shop.fails(run)).isEqualTo(new Problem.Stopping());
        shop = new Shop(directory.resolve("backups"), source);
    }

    @Test
    void leavesNothingBehindWhenTheDatabaseFails() {
        source.failAt(5000, new Problem.DumpFailed("test"));

        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test"))))
                .isEqualTo(new Problem.DumpFailed("test"));
        assertThat(shop.files()).isEmpty();
    }

    @Test
    void saysThatThereIsNoDatabase() throws BackupException {
        shop.close();
        shop = new Shop(directory.resolve("other"));

        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test")))).isEqualTo(new Problem.NoDatabase());
    }

    @Test
    void endsWithinFourSecondsInMidDumpAndCatchesUpAfterwards() throws Exception {
        InMemorySource.Hold hold = source.holdAt(5000);
        Run run = shop.core().create(CreateRequest.manual("test"));
        hold.awaitReached();

        assertStopsInTime(run);
        assertThat(shop.core().list()).isEmpty();
        assertThat(shop.backup().good()).isTrue();
    }

    @Test
    void findsADamagedArchiveAndCountsItNoMore() throws IOException {
        Backup backup = shop.backup();
        flipBit(shop.archive(backup));

        Problem problem = shop.fails(shop.core().verify(backup.id()));

        assertThat(problem).isInstanceOf(Problem.ArchiveDamaged.class);
        assertThat(shop.core().status().newestGood()).isEmpty();
        assertThat(shop.core().find(backup.id()).orElseThrow().damage()).contains(problem);
    }

    @Test
    void seesATruncatedOrMissingArchiveWithoutBeingAsked() throws IOException {
        Backup truncated = shop.backup();
        Backup missing = shop.backup();
        try (FileChannel file = FileChannel.open(shop.archive(truncated), StandardOpenOption.WRITE)) {
            file.truncate(truncated.manifest().archiveBytes() / 2);
        }
        Files.delete(shop.archive(missing));

        assertThat(shop.core().list()).hasSize(2).noneMatch(Backup::good);
        assertThat(shop.core().status().backupOverdue()).isTrue();
    }

    @Test
    void remembersEverythingOverARestart() throws Exception {
        Backup damaged = shop.backup();
        flipBit(shop.archive(damaged));
        shop.fails(shop.core().verify(damaged.id()));
        shop.backup();
        List<Backup> before = shop.core().list();

        shop.close();
        shop = new Shop(directory.resolve("backups"), source);

        assertThat(shop.core().list()).isEqualTo(before);
    }

    @Test
    void rebuildsTheCatalogueFromTheManifestsAlone() throws Exception {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().verify(backup.id()));
        shop.close();
        Files.delete(directory.resolve("backups").resolve(backup.id() + ".state.json"));

        shop = new Shop(directory.resolve("backups"), source);

        assertThat(shop.core().list()).extracting(Backup::manifest).containsExactly(backup.manifest());
        shop.succeeds(shop.core().verify(backup.id()));
    }

    @Test
    void removesPartsAndFinishesABackupThatWasCutOffBetweenItsTwoNames() throws Exception {
        Backup backup = shop.backup();
        shop.close();
        Path folder = directory.resolve("backups");
        Path manifest = folder.resolve(backup.manifest().manifestName());
        Files.move(manifest, folder.resolve(manifest.getFileName() + ".part"));
        Files.writeString(folder.resolve("kasse1-2026-11-22T123000-000002.sql.gz.part"), "half");
        Files.writeString(folder.resolve("kasse1-2026-11-22T123000-000002.json.part"), "{");

        shop = new Shop(folder, source);

        assertThat(shop.core().list()).containsExactly(backup);
        assertThat(shop.files()).hasSize(2);
    }

    @Test
    void leavesFilesThatAreNotItsOwnAlone() throws Exception {
        shop.close();
        Path folder = directory.resolve("backups");
        Files.writeString(folder.resolve("notes.json"), "{}");
        Files.writeString(folder.resolve("kasse1-2020-01-01T000000-000001.sql.gz"), "orphan");

        shop = new Shop(folder, source);
        shop.backup();

        assertThat(shop.files()).contains("notes.json", "kasse1-2020-01-01T000000-000001.sql.gz");
        assertThat(shop.core().list()).hasSize(1);
    }

    @Test
    void refusesToFillTheDiskBelowItsReserve() throws BackupException {
        shop.close();
        shop = new Shop(directory.resolve("backups"), new HugeSource(source));

        Problem problem = shop.fails(shop.core().create(CreateRequest.manual("test")));

        assertThat(problem).isInstanceOf(Problem.NoSpace.class);
        assertThat(shop.files()).isEmpty();
    }

    @Test
    void keepsAsManyAsConfigured() throws Exception {
        shop.close();
        Path folder = directory.resolve("backups");
        shop = new Shop(folder, Shop.settings(folder, new Reserve(0, 0), 2), source);
        shop.backup();
        Backup second = shop.backup();
        Backup third = shop.backup();

        assertThat(shop.core().list()).containsExactly(third, second);
        assertThat(shop.files()).hasSize(4);
    }

    @Test
    void restoresWithASafetyBackupOfWhatWasThere() {
        String then = source.text();
        Backup backup = shop.backup();
        source.rows(30_000);

        Outcome.Succeeded restored = shop.succeeds(shop.core().restore(backup.id(), Optional.empty()));

        assertThat(restored.proven())
                .containsExactlyInAnyOrder(
                        Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL, Outcome.Proof.ACTIVATED);
        assertThat(source.text()).isEqualTo(then);
        assertThat(source.activated().get(0).held)
                .as("sales are held for the safety backup")
                .isPresent();
        Backup safety = shop.core().list().get(0);
        assertThat(safety.manifest().kind()).isEqualTo(BackupKind.SAFETY);
        assertThat(safety.manifest().tables().get(0).rows()).isEqualTo(30_000);
    }

    @Test
    void restoresIntoAnotherDatabaseWithoutTouchingTheLiveOne() {
        Backup backup = shop.backup();
        source.rows(5);
        String live = source.text();

        shop.succeeds(shop.core().restore(backup.id(), Optional.of("elsewhere")));

        assertThat(source.text()).isEqualTo(live);
        assertThat(source.activated()).hasSize(1);
        assertThat(shop.core().list()).hasSize(1);
    }

    @Test
    void keepsTheOldDatabaseWhenARestoreFailsAnywhere() throws IOException {
        Backup damaged = shop.backup();
        Backup backup = shop.backup();
        flipBit(shop.archive(damaged));
        source.rows(5);
        String live = source.text();

        shop.fails(shop.core().restore(damaged.id(), Optional.empty()));
        source.failAt(5000, new Problem.RestoreFailed("test"));
        shop.fails(shop.core().restore(backup.id(), Optional.empty()));
        source.heal();
        source.refuseTargets(new Problem.RestoreFailed("test"));
        shop.fails(shop.core().restore(backup.id(), Optional.empty()));

        assertThat(source.text()).isEqualTo(live);
        assertThat(source.targets).allMatch(target -> target.closed);
    }

    @Test
    void refusesABackupThatIsNotThere() {
        Problem problem =
                shop.fails(shop.core().restore(new BackupId("kasse1-2026-11-22T123000-000077"), Optional.empty()));

        assertThat(problem).isEqualTo(new Problem.UnknownBackup("kasse1-2026-11-22T123000-000077"));
    }

    @Test
    void saysWhenABackupIsOverdueAndDoesNotTrustTheFuture() {
        assertThat(shop.core().status().backupOverdue()).isTrue();
        shop.backup();
        assertThat(shop.core().status().backupOverdue()).isFalse();

        shop.clock().advance(Duration.ofHours(27));
        assertThat(shop.core().status().backupOverdue()).isTrue();

        shop.clock().advance(Duration.ofDays(-2));
        assertThat(shop.core().status().backupOverdue()).isTrue();
    }

    @Test
    void leavesNoThreadBehind() throws BackupException, InterruptedException {
        shop.backup();
        shop.close();

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("joecash-backup")) {
                // An executor says that it has ended a moment before its last thread has.
                thread.join(Await.PATIENCE.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
        shop = new Shop(directory.resolve("backups"), source);
    }

    /** A database that says it is larger than any disk. */
    private record HugeSource(Source database) implements Source {
        @Override
        public SourceInfo info() throws BackupException {
            return database.info();
        }

        @Override
        public long expectedBytes() {
            return Long.MAX_VALUE / 2;
        }

        @Override
        public List<Path> directories() {
            return database.directories();
        }

        @Override
        public List<TableContents> dump(OutputStream out, Cancellation cancellation)
                throws BackupException, IOException {
            return database.dump(out, cancellation);
        }

        @Override
        public RestoreTarget target(Optional<String> into) throws BackupException {
            return database.target(into);
        }
    }

    private static void flipBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
