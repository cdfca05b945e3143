package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Problem;
import de.joecash.backup.Status;
import de.joecash.backup.testkit.Samples;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessmentTest {
    private static final ZonedDateTime SEVEN = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    private final Backup good = Samples.backup(42, BackupKind.MANUAL, SEVEN);

    @ParameterizedTest
    @CsvSource({
        "false, true,  false, SAFE,           SAFE",
        "false, true,  true,  COPY_OVERDUE,   OVERDUE",
        "false, false, true,  NO_COPY,        OVERDUE",
        "true,  true,  false, BACKUP_OVERDUE, OVERDUE",
        "true,  true,  true,  BOTH_OVERDUE,   DANGER",
        "true,  false, true,  BOTH_OVERDUE,   DANGER",
    })
    void saysWhatIsWorst(
            boolean backupOverdue, boolean copied, boolean copyOverdue, Assessment reason, Assessment.Level level) {
        Optional<Backup> copy = copied ? Optional.of(good) : Optional.empty();
        Status status =
                new Status(SEVEN.toInstant(), Optional.of(good), backupOverdue, copy, copyOverdue, 0, Optional.empty());

        Assessment assessment = Assessment.of(status, List.of(good));

        assertThat(assessment).isEqualTo(reason);
        assertThat(assessment.level()).isEqualTo(level);
    }

    @Test
    void isInDangerWithoutAGoodBackup() {
        Status status =
                new Status(SEVEN.toInstant(), Optional.empty(), true, Optional.empty(), true, 0, Optional.empty());

        assertThat(Assessment.of(status, List.of(damaged(BackupKind.MANUAL)))).isEqualTo(Assessment.NO_BACKUP);
        assertThat(Assessment.NO_BACKUP.level()).isEqualTo(Assessment.Level.DANGER);
    }

    @Test
    void isInDangerWhileNoBackupCanBeMade() {
        Problem obstacle = new Problem.FolderUnusable("/backups", "missing");
        Status status = new Status(
                SEVEN.toInstant(), Optional.of(good), false, Optional.of(good), false, 0, Optional.of(obstacle));

        assertThat(Assessment.of(status, List.of(good))).isEqualTo(Assessment.OBSTACLE);
        assertThat(Assessment.OBSTACLE.level()).isEqualTo(Assessment.Level.DANGER);
    }

    @Test
    void isInDangerWhenTheNewestBackupIsDamaged() {
        Status status =
                new Status(SEVEN.toInstant(), Optional.of(good), false, Optional.of(good), false, 0, Optional.empty());

        assertThat(Assessment.of(status, List.of(damaged(BackupKind.AUTOMATIC), good)))
                .isEqualTo(Assessment.DAMAGED);
        assertThat(Assessment.of(status, List.of(damaged(BackupKind.SAFETY), good)))
                .isEqualTo(Assessment.SAFE);
        assertThat(Assessment.of(status, List.of(good, damaged(BackupKind.AUTOMATIC))))
                .isEqualTo(Assessment.SAFE);
    }

    private static Backup damaged(BackupKind kind) {
        Backup backup = Samples.backup(43, kind, SEVEN.plusHours(1));
        return new Backup(
                backup.manifest(),
                backup.provenAt(),
                Optional.of(new Problem.ArchiveDamaged("43", "cut short")),
                List.of());
    }
}
