package de.joecash.backup.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Copy;
import de.joecash.backup.CreateRequest;
import de.joecash.backup.DrillResult;
import de.joecash.backup.DrillStatus;
import de.joecash.backup.Finding;
import de.joecash.backup.Manifest;
import de.joecash.backup.Outcome;
import de.joecash.backup.Phase;
import de.joecash.backup.Place;
import de.joecash.backup.Problem;
import de.joecash.backup.Progress;
import de.joecash.backup.RemoteBackup;
import de.joecash.backup.Run;
import de.joecash.backup.Status;
import de.joecash.backup.Transfer;
import de.joecash.backup.spi.Secret;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupCommandsTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    private static final Place STICK = new Place("medium", "/media/usb0");

    private final Locale before = Locale.getDefault();
    private final FakeBackupService backups = new FakeBackupService();
    private final Shell shell = new Shell(backups);
    private final Backup manual = Samples.backup(42, BackupKind.MANUAL, SEVEN);

    @BeforeEach
    void speaksEnglish() {
        Locale.setDefault(Locale.UK);
        backups.backups.add(manual);
    }

    @AfterEach
    void speaksAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void aNumberThatTwoBackupsHaveIsRefusedWithTheNamesOfBoth() {
        Manifest theirs = Samples.manifest(42, BackupKind.MANUAL, SEVEN.minusDays(1));
        backups.backups.add(new Backup(theirs, SEVEN.toInstant(), Optional.empty(), List.of()));

        assertThatThrownBy(() -> shell.run("backup:restore 42 --other-till"))
                .hasMessageContaining(manual.id().value())
                .hasMessageContaining(theirs.id().value());
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void afterALossTheLastBackupIsNotRestoredByItsNickname() throws Exception {
        backups.status = Samples.status(SEVEN.toInstant(), manual, Optional.of(Samples.beforeLoss(manual, 3)));

        assertThatThrownBy(() -> shell.run("backup:restore last"))
                .hasMessageContaining("much less data")
                .hasMessageContaining(manual.id().value());
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void aPersonsWordThatNothingIsMissingIsTaken() throws Exception {
        backups.backups.set(0, Samples.beforeLoss(manual, 3));

        shell.run("backup:nothingLost 42");

        assertThat(backups.backups.get(0).loss()).isEmpty();
    }

    @Test
    void createShowsProgressAndThenWhatIsProven() throws Exception {
        shell.whenProgressIsShown(() -> {
            if (backups.runs.get(0).progress().phase() == Phase.WAITING) {
                backups.runs.get(0).at(new Progress(Phase.DUMPING, 12_300_000, OptionalDouble.of(0.42)));
            } else {
                end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.READ_BACK, Outcome.Proof.SYNCED)));
            }
        });

        String printed = shell.run("backup:create");

        assertThat(printed.lines().map(String::strip))
                .containsSubsequence(
                        "waiting                                  0.0 MB",
                        "reading the database                    12.3 MB   42 %",
                        "Backup kasse1-2026-11-22T070000-000042 made: 0.2 MB, 50,000 rows.",
                        "Proven: written and synced to the disk, read back and equal.");
        assertThat(backups.requests).singleElement().satisfies(request -> {
            assertThat(request.kind()).isEqualTo(BackupKind.MANUAL);
            assertThat(request.trigger()).isEqualTo("shell");
        });
    }

    @Test
    void failsWithTheProblemsWordsInTheServersLanguage() {
        Locale.setDefault(Locale.GERMANY);
        Problem problem = new Problem.NoDatabase();
        shell.whenProgressIsShown(() -> end(new Outcome.Failed(problem)));

        assertThatThrownBy(() -> shell.run("backup:create")).hasMessage(problem.message(Locale.GERMAN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "last", "kasse1-2026-11-22T070000-000042"})
    void understandsNumbersAndLast(String typed) throws Exception {
        backups.status = new Status(
                Instant.EPOCH,
                Optional.of(manual),
                false,
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none());
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.READ_BACK))));

        String printed = shell.run("backup:verify " + typed);

        assertThat(backups.runs).singleElement().satisfies(run -> assertThat(run.backup())
                .contains(manual.id()));
        assertThat(printed).contains("is good").contains("Proven: read back and equal.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"43", "last", "../etc/passwd", "99999999999999999999"})
    void saysWhatItDoesNotKnow(String typed) {
        assertThatThrownBy(() -> shell.run("backup:verify " + typed))
                .hasMessage(new Problem.UnknownBackup(typed).message(Locale.ENGLISH));
        assertThat(backups.runs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup:restore 42 --into /tmp/other", "backup:restore --into /tmp/other 42"})
    void restoresIntoAnotherDatabase(String line) throws Exception {
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.CONTENTS_EQUAL))));

        String printed = shell.run(line);

        assertThat(backups.restoredInto).containsExactly(Optional.of("/tmp/other"));
        assertThat(printed).contains("The till's own database was not touched.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " run-1"})
    void pausesTheRunUnderWayAndLetsItGoOn(String id) throws Exception {
        backups.create(CreateRequest.manual("test"));

        assertThat(shell.run("backup:pause" + id)).startsWith("run-1 is paused.");
        assertThat(backups.runs.get(0).progress().phase()).isEqualTo(Phase.PAUSED);

        assertThat(shell.run("backup:resume" + id)).startsWith("run-1 goes on.");
        assertThat(backups.runs.get(0).progress().phase()).isEqualTo(Phase.WAITING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup:pause", "backup:resume", "backup:pause run-7", "backup:resume run-7"})
    void saysThatNothingWasThereToPauseOrResume(String line) {
        assertThatThrownBy(() -> shell.run(line)).hasMessageContaining("Nothing was changed");
    }

    @Test
    void restoresAnotherTillsInTheLiveDatabasesPlace() throws Exception {
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.ACTIVATED))));

        String printed = shell.run("backup:restore 42 --other-till");

        assertThat(printed).contains("The till now runs on it.");
        assertThat(backups.adopted).containsExactly(manual.id());
        assertThat(backups.restoredInto).isEmpty();
    }

    @Test
    void restoresInTheLiveDatabasesPlace() throws Exception {
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.ACTIVATED))));

        String printed = shell.run("backup:restore 42");

        assertThat(backups.restoredInto).containsExactly(Optional.empty());
        assertThat(printed).contains("The till now runs on it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup:restore",
                "backup:restore --into",
                "backup:restore 42 --into",
                "backup:restore --other-till",
                "backup:restore 42 --into /tmp/other --other-till",
                "backup:restore 42 43 44",
                "backup:restore 42 /tmp/other",
            })
    void refusesAnUnclearRestore(String line) {
        assertThatThrownBy(() -> shell.run(line))
                .hasMessage("Usage: backup:restore ID [--into PATH | --other-till] [--without-files]");
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void sendSaysWhereItWent() throws Exception {
        Copy copy = new Copy(STICK, "x.gz", Instant.EPOCH, 200_000, true, Copy.Proof.CONTENT_EQUAL);
        shell.whenProgressIsShown(() ->
                end(new Outcome.Succeeded(Samples.copied(manual, copy), Set.of(Outcome.Proof.COPY_CONTENT_EQUAL))));

        String printed = shell.run("backup:send");

        assertThat(printed).contains("sent to Medium (medium:/media/usb0)").contains("copy read back and equal");
        assertThat(backups.runs.get(0).backup()).isEmpty();
    }

    @Test
    void sendSaysThatItWaitsAndFails() {
        Problem problem = new Problem.ServerUnreachable("data-centre", "timed out");
        shell.whenProgressIsShown(() -> end(new Outcome.Failed(problem)));

        assertThatThrownBy(() -> shell.run("backup:send 42")).hasMessage(problem.message(Locale.ENGLISH));
        assertThat(shell.printed()).contains("waits in the queue");
    }

    @Test
    void sendDoesNotPromiseAnotherTryWhereThereIsNone() {
        shell.whenProgressIsShown(() -> end(new Outcome.Failed(new Problem.NoRoute())));

        assertThatThrownBy(() -> shell.run("backup:send")).hasMessage(new Problem.NoRoute().message(Locale.ENGLISH));
        assertThat(shell.printed()).doesNotContain("waits in the queue");
    }

    @Test
    void anInterruptEndsTheWaitingAndNotTheRun() {
        shell.whenProgressIsShown(() -> Thread.currentThread().interrupt());

        assertThatThrownBy(() -> shell.run("backup:create")).hasMessageContaining("run-1 goes on");

        assertThat(backups.current()).isPresent();
        assertThat(backups.cancelled).isEmpty();
    }

    @Test
    void listsInTheShopsTimeAndMarksWhatIsDamaged() throws Exception {
        Problem damage = new Problem.ArchiveDamaged("43", "cut short");
        Backup bad = Samples.backup(43, BackupKind.AUTOMATIC, SEVEN.plusHours(14));
        backups.backups.add(new Backup(bad.manifest(), bad.provenAt(), Optional.of(damage), List.of()));

        String printed = shell.run("backup:list");

        List<String> lines = printed.lines().toList();
        assertThat(lines.get(1)).contains("000043", "22 Nov 2026, 21:00:00", "automatic", "DAMAGED");
        assertThat(lines.get(2)).contains("000042", "22 Nov 2026, 07:00:00", "manual", "0.2 MB", "50,000", "proven");
        assertThat(lines.get(3)).isEqualTo(damage.message(Locale.ENGLISH));
    }

    @Test
    void statusGivesBothAges() throws Exception {
        backups.status = new Status(
                SEVEN.plusHours(3).toInstant(),
                Optional.of(manual),
                false,
                Optional.empty(),
                true,
                2,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none());

        String printed = shell.run("backup:status");

        assertThat(printed.lines())
                .contains("Newest copy off the server: none", "Waiting to be sent: 2")
                .anyMatch(line -> line.startsWith("Newest good backup: 3 hours ago (22 Nov 2026, 07:00:00)"))
                .anyMatch(line -> line.startsWith("OVERDUE: outside the server"));
    }

    @Test
    void drillsTheNewestOrANamedBackupAndSaysWhatItProved() throws Exception {
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.BOOKS_CHECKED))));

        assertThat(shell.run("backup:drill"))
                .contains("was restored for a check and is good", "the till has nothing to say against the books");
        assertThat(backups.runs.get(0).kind()).isEqualTo(Run.Kind.DRILL);
        assertThat(backups.runs.get(0).backup()).isEmpty();
        shell.run("backup:drill 42");
        assertThat(backups.runs.get(1).backup()).contains(manual.id());
    }

    @Test
    void tellsADrillThatFailedFromOneThatWasNotMade() throws Exception {
        Problem books = new Problem.BooksWrong("42", List.of(new Finding("Beleg 17 fehlt", "receipt 17 is missing")));
        shell.whenProgressIsShown(() -> end(new Outcome.Failed(books)));
        assertThatThrownBy(() -> shell.run("backup:drill")).hasMessageContaining("receipt 17 is missing");
        assertThat(shell.printed()).contains("The restore drill has failed.");

        shell.whenProgressIsShown(() -> end(new Outcome.Failed(new Problem.DatabaseLocked())));
        assertThatThrownBy(() -> shell.run("backup:drill")).hasMessageContaining("table");
        assertThat(shell.printed()).contains("was not made; that says nothing about the backup");
    }

    @Test
    void statusTellsTheAlarmOfADrillWithItsWords() throws Exception {
        Problem books = new Problem.BooksWrong("42", List.of(new Finding("Beleg 17 fehlt", "receipt 17 is missing")));
        Backup drilled =
                Samples.drilled(manual, new DrillResult(SEVEN.plusHours(1).toInstant(), Optional.of(books)));
        backups.status = new Status(
                SEVEN.plusHours(3).toInstant(),
                Optional.of(drilled),
                false,
                Optional.of(drilled),
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                new DrillStatus(Optional.of(drilled), false, Optional.of(SEVEN.plusDays(7)), Optional.empty()));
        backups.backups.set(0, drilled);

        assertThat(shell.run("backup:status").lines())
                .contains("DANGER: the restore drill has failed.", books.message(Locale.ENGLISH))
                .anyMatch(line -> line.startsWith("Restore drill FAILED: 2 hours ago (22 Nov 2026, 08:00:00)"))
                .contains("Next restore drill: 29 Nov 2026, 07:00:00");
        assertThat(shell.run("backup:list")).contains("DRILL FAILED 22 Nov 2026, 08:00:00", "receipt 17 is missing");
    }

    @Test
    void statusTellsWhatWasLostAndWhichBackupHoldsIt() throws Exception {
        Backup small = Samples.holding(Samples.backup(43, BackupKind.AUTOMATIC, SEVEN.plusHours(14)), 17);
        backups.status =
                Samples.status(SEVEN.plusHours(15).toInstant(), small, Optional.of(Samples.beforeLoss(manual, 17)));

        assertThat(shell.run("backup:status").lines())
                .contains("DANGER: there is much less data than before.")
                .anyMatch(line -> line.startsWith(manual.id().value())
                        && line.contains("holds 50,000 rows")
                        && line.contains("only 17"));
    }

    @Test
    void fetchTakesThePlaceByItsDestinationAndTheBackupByItsNumber() throws Exception {
        backups.places.add(STICK);
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.READ_BACK))));

        assertThat(shell.run("backup:remote")).contains("Medium (medium:/media/usb0)");
        assertThat(shell.run("backup:remote medium")).contains("000042");
        assertThat(shell.run("backup:fetch medium 42")).contains("fetched").contains("Proven: ");
        assertThatThrownBy(() -> shell.run("backup:fetch medium 7"))
                .hasMessage(new Problem.UnknownBackup("7").message(Locale.ENGLISH));
    }

    @Test
    void remoteListsWhatIsNotToBeUsedAndSaysWhy() throws Exception {
        BackupId newest = new BackupId(manual.id().value().replace("-000042", "-000043"));
        Problem wrong = new Problem.SignatureWrong(newest.value() + ".json");
        Problem unknown = new Problem.SignerUnknown(manual.id().value(), "K7QX-2M9F-AB3D-WTRZ-58HN-VCEG");
        backups.places.add(STICK);
        backups.remote.add(new RemoteBackup(newest, Optional.empty(), Optional.of(wrong)));
        backups.remote.add(new RemoteBackup(manual.id(), Optional.of(manual.manifest()), Optional.of(unknown)));

        assertThat(shell.run("backup:remote medium"))
                .contains(newest.value(), "UNUSABLE", wrong.message(Locale.ENGLISH))
                .contains("of another till", unknown.message(Locale.ENGLISH));
    }

    @Test
    void fetchesByNumberWhatIsNotToBeUsedSoThatItIsNamedAndLastLeavesItOut() throws Exception {
        BackupId newest = new BackupId(manual.id().value().replace("-000042", "-000043"));
        Problem wrong = new Problem.SignatureWrong(newest.value() + ".json");
        backups.places.add(STICK);
        backups.remote.add(new RemoteBackup(newest, Optional.empty(), Optional.of(wrong)));
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        shell.whenProgressIsShown(() -> end(new Outcome.Failed(wrong)));
        assertThatThrownBy(() -> shell.run("backup:fetch medium 43")).hasMessage(wrong.message(Locale.ENGLISH));

        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of())));
        assertThat(shell.run("backup:fetch medium last"))
                .contains(wrong.message(Locale.ENGLISH))
                .contains("fetched");
    }

    @Test
    void fetchSaysNothingOfAProofWhereTheBackupIsHereAlready() throws Exception {
        backups.places.add(STICK);
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of())));

        assertThat(shell.run("backup:fetch medium 42")).contains("fetched").doesNotContain("Proven");
    }

    @Test
    void fetchesAndRestoresTheDatabaseAloneWhereThatIsWanted() throws Exception {
        backups.backups.add(manual);
        backups.places.add(STICK);
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of())));

        shell.run("backup:fetch medium --without-files 42");
        shell.run("backup:restore 42 --without-files --into /tmp/other");
        shell.run("backup:restore --without-files 42 --other-till");

        assertThat(backups.databasesAlone).containsExactly(manual.id(), manual.id(), manual.id());
        assertThat(backups.restoredInto).containsExactly(Optional.of("/tmp/other"));
        assertThat(backups.adopted).containsExactly(manual.id());
    }

    @Test
    void fetchTakesTheKeyFromAFile(@TempDir Path directory) throws Exception {
        Path key = Files.writeString(directory.resolve("sheet.key"), "# created: today\nAGE-SECRET-KEY-1TEST\n");
        Path none = Files.writeString(directory.resolve("none.key"), "# public key: age1public\n");
        backups.places.add(STICK);
        backups.remote.add(RemoteBackup.of(manual.manifest()));
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of())));

        assertThat(shell.run("backup:fetch medium 42 --key " + key))
                .contains("fetched")
                .doesNotContain("AGE-SECRET-KEY");
        assertThat(backups.fetchedWith).containsExactly(Optional.of(new Secret("AGE-SECRET-KEY-1TEST")));
        shell.type("age-secret-key-1\ntyped\n");
        shell.run("backup:fetch medium 42 --key -");
        assertThat(backups.fetchedWith).endsWith(Optional.of(new Secret("age-secret-key-1typed")));
        assertThatThrownBy(() -> shell.run("backup:fetch medium 42 --key " + none))
                .hasMessageContaining("no key");
        assertThatThrownBy(() -> shell.run("backup:fetch medium 42 --key " + directory.resolve("gone")))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> shell.run("backup:fetch medium 42 " + key)).hasMessageContaining("--key FILE");
    }

    @Test
    void sendsAllOfABackupWhereThatIsWanted() throws Exception {
        backups.backups.add(manual);
        shell.whenProgressIsShown(() -> end(new Outcome.Succeeded(manual, Set.of(Outcome.Proof.COPY_CONTENT_EQUAL))));

        shell.run("backup:send --full 42");
        assertThat(backups.sentFull).containsExactly(Optional.of(manual.id()));
        shell.run("backup:send --full");
        assertThat(backups.sentFull).endsWith(Optional.empty());
        assertThatThrownBy(() -> shell.run("backup:send 42 43")).hasMessageContaining("send [--full] [ID]");
    }

    @Test
    void queueSaysWhyItWaits() throws Exception {
        Problem problem = new Problem.ServerUnreachable("data-centre", "timed out");
        backups.transfers.add(new Transfer(
                "t1",
                manual.id(),
                new Place("data-centre", ""),
                Transfer.State.WAITING,
                3,
                Optional.of(SEVEN.toInstant()),
                Optional.empty(),
                Optional.of(problem)));

        backups.backups.add(manual);

        assertThat(shell.run("backup:queue"))
                .contains("t1", "next try", problem.message(Locale.ENGLISH))
                .as("in the shop's zone, whatever the machine's is")
                .contains("07:00:00");
    }

    @Test
    void cancelFailsWhereThereIsNothingToCancel() {
        assertThatThrownBy(() -> shell.run("backup:cancel nothing")).hasMessageContaining("named nothing");
    }

    private void end(Outcome outcome) {
        FakeRun last = backups.runs.get(backups.runs.size() - 1);
        last.end(outcome);
    }
}
