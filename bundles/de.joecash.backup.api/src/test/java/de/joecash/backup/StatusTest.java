package de.joecash.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.parse("2026-11-22T07:00:00+01:00");
    private static final Problem DAMAGE = new Problem.ArchiveDamaged("kasse1", "cut short");

    /** Of a column with several words each stands for itself; what decides is what is worst. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            # good, backup,  copy,    drill,   obstacle, damaged, safety,         level
            true,   fresh,   fresh,   passed,  false,    false,   SAFE,           SAFE
            true,   fresh,   fresh,   none,    false,    false,   SAFE,           SAFE
            true,   fresh,   fresh,   overdue, false,    false,   SAFE,           SAFE
            true,   fresh,   fresh,   hindered,false,    false,   SAFE,           SAFE
            true,   fresh,   overdue, passed,  false,    false,   COPY_OVERDUE,   OVERDUE
            true,   fresh,   none,    passed,  false,    false,   NO_COPY,        OVERDUE
            true,   overdue, fresh,   passed,  false,    false,   BACKUP_OVERDUE, OVERDUE
            true,   overdue, overdue, passed,  false,    false,   BOTH_OVERDUE,   DANGER
            true,   overdue, none,    passed,  false,    false,   BOTH_OVERDUE,   DANGER
            true,   fresh,   fresh,   failed,  false,    false,   DRILL_FAILED,   DANGER
            true,   fresh,   none,    failed,  false,    false,   DRILL_FAILED,   DANGER
            true,   overdue, none,    failed,  false,    false,   DRILL_FAILED,   DANGER
            true,   fresh,   fresh,   failed,  false,    true,    DAMAGED,        DANGER
            true,   fresh,   fresh,   passed,  false,    true,    DAMAGED,        DANGER
            false,  overdue, none,    none,    false,    false,   NO_BACKUP,      DANGER
            false,  overdue, none,    failed,  false,    true,    NO_BACKUP,      DANGER
            false,  overdue, none,    none,    true,     false,   OBSTACLE,       DANGER
            true,   fresh,   fresh,   failed,  true,     true,    OBSTACLE,       DANGER
            """)
    void judgesByWhatIsWorst(
            boolean good,
            String backup,
            String copy,
            String drill,
            boolean obstacle,
            boolean damaged,
            Safety safety,
            Safety.Level level) {
        Status status = new Status(
                SEVEN.toInstant(),
                good ? Optional.of(backup(Optional.empty())) : Optional.empty(),
                backup.equals("overdue"),
                copy.equals("none") ? Optional.empty() : Optional.of(backup(Optional.empty())),
                !copy.equals("fresh"),
                0,
                obstacle ? Optional.of(new Problem.FolderUnusable("/backups", "missing")) : Optional.empty(),
                damaged ? Optional.of(DAMAGE) : Optional.empty(),
                drills(drill));

        assertThat(status.safety()).isEqualTo(safety);
        assertThat(status.safety().level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"passed, false, LOSS", "failed, false, LOSS", "failed, true, DAMAGED"})
    void aDatabaseThatWasLostIsWorseThanAllButANewestBackupThatIsDamaged(String drill, boolean damaged, Safety safety) {
        Status status = new Status(
                SEVEN.toInstant(),
                Optional.of(backup(Optional.empty())),
                false,
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                damaged ? Optional.of(DAMAGE) : Optional.empty(),
                drills(drill),
                Optional.of(backup(Optional.empty())),
                true);

        assertThat(status.safety()).isEqualTo(safety);
        assertThat(status.safety().level()).isEqualTo(Safety.Level.DANGER);
    }

    @ParameterizedTest
    @CsvSource({"false, SENDING_STOPPED", "true, COPY_OVERDUE"})
    void whatWaitsForSomebodyToSendAgainIsNotGreen(boolean copyOverdue, Safety safety) {
        Status status = new Status(
                SEVEN.toInstant(),
                Optional.of(backup(Optional.empty())),
                false,
                Optional.of(backup(Optional.empty())),
                copyOverdue,
                1,
                Optional.empty(),
                Optional.empty(),
                DrillStatus.none(),
                Optional.empty(),
                true);

        assertThat(status.safety()).isEqualTo(safety);
        assertThat(status.safety().level()).isEqualTo(Safety.Level.OVERDUE);
    }

    @Test
    void aDrillThatCouldNotBeMadeCondemnsNoBackup() {
        assertThat(List.of(
                        new Problem.NoSpace("/till", 2, 1),
                        new Problem.NoScratchDatabase("no rights"),
                        new Problem.WrongSource("h2", "postgresql"),
                        new Problem.DatabaseUnreachable("SQLSTATE 08001"),
                        new Problem.NoDatabase(),
                        new Problem.Busy(Run.Kind.CREATE),
                        new Problem.Cancelled(),
                        new Problem.Stopping()))
                .noneMatch(DrillResult::condemns);
        assertThat(List.of(
                        DAMAGE,
                        new Problem.DumpRefused("a function"),
                        new Problem.RestoreFailed("no such table"),
                        new Problem.ContentsDiffer("kasse1", List.of("RECEIPT: 2 -> 1")),
                        new Problem.BooksWrong("kasse1", List.of())))
                .allMatch(DrillResult::condemns);
    }

    private static DrillStatus drills(String drill) {
        Instant at = SEVEN.plusHours(1).toInstant();
        Optional<Backup> newest =
                switch (drill) {
                    case "passed", "overdue", "hindered" ->
                        Optional.of(backup(Optional.of(new DrillResult(at, Optional.empty()))));
                    case "failed" -> Optional.of(backup(Optional.of(new DrillResult(at, Optional.of(DAMAGE)))));
                    default -> Optional.empty();
                };
        Optional<Problem> hindrance =
                drill.equals("hindered") ? Optional.of(new Problem.DatabaseLocked()) : Optional.empty();
        return new DrillStatus(newest, drill.equals("overdue"), Optional.empty(), hindrance);
    }

    private static Backup backup(Optional<DrillResult> drill) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                new BackupId("kasse1-2026-11-22T070000-000042"),
                BackupKind.MANUAL,
                "test",
                Optional.empty(),
                SEVEN,
                SEVEN.plusSeconds(9),
                new SourceInfo("kasse1", "h2", "2.5.252"),
                1,
                "a".repeat(64),
                1,
                "b".repeat(64),
                List.of(),
                "0.1.0");
        return new Backup(manifest, SEVEN.toInstant(), Optional.empty(), List.of(), drill);
    }
}
