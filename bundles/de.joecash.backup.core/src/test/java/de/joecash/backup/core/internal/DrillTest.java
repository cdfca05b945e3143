package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Finding;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.Safety;
import de.joecash.backup.core.internal.pace.PaceSettings;
import de.joecash.backup.testkit.InMemorySource;
import de.joecash.backup.testkit.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillTest {
    private static final Finding MISSING = new Finding("Beleg 17 fehlt", "receipt 17 is missing");

    private final InMemorySource source = new InMemorySource("kasse1");

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        source.rows(20_000);
        shop = new Shop(folder(), source);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void passesOnAGoodBackupAndLeavesNoTrace() {
        Backup backup = shop.backup();
        source.rows(5);
        String live = source.text();
        List<String> files = shop.files();
        shop.clock().advance(Duration.ofHours(1));

        Outcome.Succeeded drilled = shop.succeeds(shop.core().drill(Optional.empty()));

        assertThat(drilled.proven())
                .containsExactlyInAnyOrder(
                        Outcome.Proof.READ_BACK, Outcome.Proof.CONTENTS_EQUAL, Outcome.Proof.BOOKS_CHECKED);
        assertThat(drilled.backup().drill())
                .contains(new DrillResult(shop.clock().instant(), Optional.empty()));
        assertThat(shop.core().find(backup.id())).contains(drilled.backup());
        assertThat(shop.core().status().drills().newest()).contains(drilled.backup());
        assertThat(source.targets).singleElement().satisfies(target -> {
            assertThat(target.closed).isTrue();
            assertThat(target.activated).isFalse();
            assertThat(target.held).as("no sale waits for a drill").isEmpty();
        });
        assertThat(source.text()).isEqualTo(live);
        assertThat(shop.files()).as("no safety backup").isEqualTo(files);
    }

    @Test
    void failsWithTheHostsWordsAndTakesTheGreenAwayUntilANewerOnePasses() {
        Backup bad = shop.backup();
        source.complain(MISSING);

        Problem problem = shop.fails(shop.core().drill(Optional.of(bad.id())));

        assertThat(problem).isEqualTo(new Problem.BooksWrong(bad.id().value(), List.of(MISSING)));
        assertThat(shop.core().status().safety()).isEqualTo(Safety.DRILL_FAILED);
        assertThat(shop.core().status().drills().failure()).contains(problem);
        assertThat(shop.core().find(bad.id()).orElseThrow())
                .as("its archive is as good as before")
                .matches(Backup::good)
                .matches(Backup::drillFailed);

        shop.backup();
        assertThat(shop.core().status().safety())
                .as("a newer backup proves nothing")
                .isEqualTo(Safety.DRILL_FAILED);
        source.heal();
        shop.succeeds(shop.core().drill(Optional.empty()));
        assertThat(shop.core().status().drills().failure()).isEmpty();
        assertThat(shop.core().status().safety()).isNotEqualTo(Safety.DRILL_FAILED);
    }

    @Test
    void failsWhereTheLoadedContentsDiffer() {
        Backup backup = shop.backup();
        source.skew("one row more\n");

        assertThat(shop.fails(shop.core().drill(Optional.empty()))).isInstanceOf(Problem.ContentsDiffer.class);
        assertThat(shop.core().find(backup.id()).orElseThrow().drillFailed()).isTrue();
    }

    @Test
    void failsWhereTheLoadIsRefused() {
        Backup backup = shop.backup();
        for (Problem problem : List.of(new Problem.DumpRefused("a function"), new Problem.RestoreFailed("broken"))) {
            source.failAt(5_000, problem);

            assertThat(shop.fails(shop.core().drill(Optional.empty()))).isEqualTo(problem);
            assertThat(shop.core().find(backup.id()).orElseThrow().drill())
                    .contains(new DrillResult(shop.clock().instant(), Optional.of(problem)));
        }
        assertThat(source.targets).hasSize(2).allMatch(target -> target.closed && !target.activated);
    }

    @Test
    void failsOnADamagedArchiveWithoutLoadingIt() throws IOException {
        Backup backup = shop.backup();
        byte[] archive = Files.readAllBytes(shop.archive(backup));
        archive[archive.length / 2] ^= 1;
        Files.write(shop.archive(backup), archive);

        assertThat(shop.fails(shop.core().drill(Optional.of(backup.id())))).isInstanceOf(Problem.ArchiveDamaged.class);
        Backup found = shop.core().find(backup.id()).orElseThrow();
        assertThat(found.good()).isFalse();
        assertThat(found.drillFailed()).isTrue();
        assertThat(source.targets).isEmpty();
    }

    @Test
    void condemnsNothingWhereItCouldNotBeMade() throws InterruptedException {
        assertThat(shop.fails(shop.core().drill(Optional.empty()))).isEqualTo(new Problem.NothingToDrill());
        Backup backup = shop.backup();

        source.refuseTargets(new Problem.RestoreFailed("no rights"));
        assertThat(shop.fails(shop.core().drill(Optional.empty())))
                .isEqualTo(new Problem.NoScratchDatabase("no rights"));
        source.heal();
        source.failAt(5_000, new Problem.DatabaseUnreachable("SQLSTATE 08006"));
        assertThat(shop.fails(shop.core().drill(Optional.empty()))).isInstanceOf(Problem.DatabaseUnreachable.class);
        source.heal();
        InMemorySource.Hold hold = source.holdAt(5_000);
        Run run = shop.core().drill(Optional.empty());
        hold.awaitReached();
        assertThat(shop.core().cancel(run.id())).isTrue();
        assertThat(shop.fails(run)).isEqualTo(new Problem.Cancelled());

        assertThat(shop.core().find(backup.id()).orElseThrow().drill()).isEmpty();
        assertThat(source.targets).hasSize(2).allMatch(target -> target.closed && !target.activated);
    }

    @Test
    void isRefusedEarlyWhereSpaceLacks() {
        Backup backup = shop.backup();
        source.directories.add(Path.of("/proc"));

        Problem problem = shop.fails(shop.core().drill(Optional.of(backup.id())));

        assertThat(problem).isInstanceOf(Problem.NoSpace.class);
        assertThat(source.targets).isEmpty();
        assertThat(shop.core().find(backup.id()).orElseThrow().drill()).isEmpty();
    }

    @Test
    void remembersTheResultOverARestart() {
        Backup passed = shop.backup();
        shop.succeeds(shop.core().drill(Optional.empty()));
        Backup failed = shop.backup();
        source.complain(MISSING);
        shop.fails(shop.core().drill(Optional.empty()));
        List<Backup> before = shop.core().list();

        shop.close();
        shop = new Shop(folder(), source);

        assertThat(shop.core().list()).isEqualTo(before);
        assertThat(shop.core().find(passed.id()).orElseThrow().drill()).isPresent();
        assertThat(shop.core().find(failed.id()).orElseThrow().drillFailed()).isTrue();
        assertThat(shop.core().status().safety()).isEqualTo(Safety.DRILL_FAILED);
    }

    @Test
    void readsTheStateOfAnEarlierAndOfALaterVersion() throws IOException {
        Backup earlier = shop.backup();
        Backup later = shop.backup();
        shop.close();
        Files.writeString(
                state(earlier), "{\"provenAt\":\"2026-11-22T11:31:00Z\",\"copies\":[]}", StandardCharsets.UTF_8);
        Files.writeString(
                state(later),
                "{\"provenAt\":\"2026-11-22T11:31:00Z\",\"copies\":[],\"new\":1,\"drill\":"
                        + "{\"at\":\"2026-11-22T11:32:00Z\",\"by\":\"x\",\"problem\":{\"code\":\"NotKnownYet\"}}}",
                StandardCharsets.UTF_8);

        shop = new Shop(folder(), source);

        assertThat(shop.core().find(earlier.id()).orElseThrow().drill()).isEmpty();
        assertThat(shop.core().find(earlier.id()).orElseThrow().provenAt()).hasToString("2026-11-22T11:31:00Z");
        assertThat(shop.core().find(later.id()).orElseThrow().drillFailed())
                .as("a failure without words is one")
                .isTrue();
    }

    @Test
    void verifyingForgetsNoDrill() {
        Backup backup = shop.backup();
        shop.succeeds(shop.core().drill(Optional.empty()));

        Backup verified = shop.succeeds(shop.core().verify(backup.id())).backup();

        assertThat(verified.drill()).isPresent();
    }

    @Test
    void yieldsToTheTillAndMayBePaused() throws Exception {
        Backup backup = shop.backup();
        shop.close();
        shop = new Shop(folder(), Shop.settings(folder(), new PaceSettings(true, 1, 1)), source);
        Run run = shop.core().drill(Optional.of(backup.id()));

        assertThat(shop.core().pause(run.id())).isTrue();
        assertThat(run.progress().phase()).isEqualTo(Phase.PAUSED);
        Stopwatch watch = Stopwatch.start();
        shop.close();
        assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(shop.fails(run)).isEqualTo(new Problem.Stopping());
        shop = new Shop(folder(), source);
        assertThat(shop.core().find(backup.id()).orElseThrow().drill()).isEmpty();
    }

    @Test
    void isMadeByItselfAndGivesWayToWhoeverAsksForAnything() throws Exception {
        shop.backup();
        InMemorySource.Hold hold = source.holdAt(5_000);
        shop.clock().advance(Duration.ofDays(8));
        hold.awaitReached();
        Run automatic = shop.core().current().orElseThrow();
        assertThat(automatic.kind()).isEqualTo(Run.Kind.DRILL);

        Run manual = shop.core().create(CreateRequest.manual("test"));

        assertThat(shop.fails(automatic)).isEqualTo(new Problem.Busy(Run.Kind.CREATE));
        assertThat(shop.succeeds(manual).backup().manifest().kind()).isEqualTo(BackupKind.MANUAL);
        assertThat(shop.core().status().drills().newest()).isEmpty();
    }

    @Test
    void keepsItsPlaceWhereAPersonAskedForIt() throws InterruptedException {
        Backup backup = shop.backup();
        InMemorySource.Hold hold = source.holdAt(5_000);
        Run run = shop.core().drill(Optional.of(backup.id()));
        hold.awaitReached();

        assertThat(shop.fails(shop.core().create(CreateRequest.manual("test"))))
                .isEqualTo(new Problem.Busy(Run.Kind.DRILL));
        hold.release();
        shop.succeeds(run);
    }

    @Test
    void waitsForTheAutomaticBackupUnderWayWhereAPersonAskedForIt() throws InterruptedException {
        Backup earlier = shop.backup();
        InMemorySource.Hold hold = source.holdAt(1_000);
        Run automatic = shop.core().create(new CreateRequest(BackupKind.AUTOMATIC, "schedule", Optional.empty()));
        hold.awaitReached();

        Run drill = shop.core().drill(Optional.of(earlier.id()));

        assertThat(drill.progress().phase()).isEqualTo(Phase.WAITING);
        assertThat(shop.fails(shop.core().drill(Optional.of(earlier.id()))))
                .isEqualTo(new Problem.Busy(Run.Kind.DRILL));
        hold.release();
        shop.succeeds(automatic);
        assertThat(shop.succeeds(drill).backup().drill()).isPresent();
    }

    private Path folder() {
        return directory.resolve("backups");
    }

    private Path state(Backup backup) {
        return folder().resolve(backup.id() + ".state.json");
    }
}
