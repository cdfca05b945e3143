package de.joecash.backup.core.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.DrillResult;
import de.joecash.backup.Fate;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.testkit.Samples;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private final Retention retention = new Retention(new RetentionRules(2, 1));
    private final List<Backup> backups = new ArrayList<>();

    @Test
    void keepsTheNewest() {
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);

        assertThat(removable()).containsExactly(1L);
    }

    @Test
    void tellsWhatTheNextBackupRemoves() {
        add(BackupKind.MANUAL);
        add(BackupKind.SAFETY);
        add(BackupKind.MANUAL);
        assertThat(goingNext()).containsExactly(1L);
        for (BackupKind kind : List.of(BackupKind.MANUAL, BackupKind.AUTOMATIC)) {
            List<Long> told = goingNext();
            add(kind);
            assertThat(removable()).as(kind.name()).isEqualTo(told);
        }
        add(BackupKind.AUTOMATIC);
        assertThat(goingNext()).containsExactly(1L, 3L, 5L);
    }

    @Test
    void neverRemovesTheLastOneBeforeTheDatabaseMayHaveBeenLostAndGivesItNobodysPlace() {
        add(BackupKind.AUTOMATIC);
        Backup last = Samples.beforeLoss(backups.get(0), 3);
        backups.set(0, last);
        for (int i = 0; i < 3; i++) {
            add(BackupKind.AUTOMATIC);
        }

        assertThat(removable()).containsExactly(2L);
        assertThat(retention.next(backups)).containsEntry(last.id(), Fate.BEFORE_LOSS);
    }

    /** Two are kept, and a restore of the first has replaced the database of three. */
    @Test
    void whatWasRestoredStaysUntilTwoBackupsOfItFollow() {
        for (int i = 0; i < 5; i++) {
            add(BackupKind.MANUAL);
        }
        for (int index = 1; index < 4; index++) {
            backups.set(index, backups.get(index).withLive(false));
        }
        assertThat(removable()).containsExactly(2L, 3L);

        add(BackupKind.MANUAL);

        assertThat(removable()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void theNewestOfEachKindOfTheLiveDatabaseStaysBesideThatOfTheReplacedOne() {
        add(BackupKind.AUTOMATIC);
        add(BackupKind.AUTOMATIC);
        backups.set(1, backups.get(1).withLive(false));
        for (int i = 0; i < 3; i++) {
            add(BackupKind.MANUAL);
        }

        assertThat(removable()).containsExactly(3L);
    }

    @Test
    void refusesToKeepNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionRules(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionRules(1, 0));
    }

    private List<Long> goingNext() {
        return retention.goingNext(backups).stream().map(BackupId::sequence).toList();
    }

    @Test
    void keepsTheNewestManualOneHoweverManyAutomaticOnesCame() {
        add(BackupKind.MANUAL);
        add(BackupKind.AUTOMATIC);
        add(BackupKind.AUTOMATIC);
        add(BackupKind.AUTOMATIC);

        assertThat(removable()).containsExactly(2L);
    }

    @Test
    void neverRemovesTheLastGoodOne() {
        add(BackupKind.MANUAL);
        damage(add(BackupKind.MANUAL));
        damage(add(BackupKind.MANUAL));
        damage(add(BackupKind.MANUAL));

        assertThat(removable()).isEmpty();
    }

    @Test
    void removesADamagedOneOnlyWhenEverythingKeptIsNewer() {
        damage(add(BackupKind.MANUAL));
        add(BackupKind.MANUAL);
        damage(add(BackupKind.MANUAL));

        assertThat(removable()).containsExactly(1L);
    }

    @Test
    void neverRemovesWhatAPersonWantsToKeepAndGivesItNobodysPlace() {
        keep(add(BackupKind.MANUAL));
        keep(add(BackupKind.SAFETY));
        damage(add(BackupKind.MANUAL));
        keep(2);
        for (int i = 0; i < 5; i++) {
            add(BackupKind.AUTOMATIC);
        }

        assertThat(removable()).containsExactly(4L, 5L, 6L);
        assertThat(goingNext()).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void removesADamagedOneThatIsOlderThanAllButWhatIsKeptForEver() {
        keep(add(BackupKind.MANUAL));
        damage(add(BackupKind.MANUAL));
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);

        assertThat(removable()).containsExactly(2L);
    }

    private void keep(int index) {
        backups.set(index, Samples.remarked(backups.get(index), new Remark(true, "")));
    }

    @Test
    void keepsSafetyBackupsApart() {
        add(BackupKind.SAFETY);
        add(BackupKind.MANUAL);
        add(BackupKind.SAFETY);

        assertThat(removable()).containsExactly(1L);
    }

    @Test
    void neverRemovesTheLastOneWhoseDrillHasNotFailed() {
        add(BackupKind.MANUAL);
        drill(add(BackupKind.MANUAL), false);
        drill(add(BackupKind.MANUAL), false);
        drill(add(BackupKind.MANUAL), false);

        assertThat(removable()).as("those that failed go by the ordinary rule").containsExactly(2L);
    }

    @Test
    void keepsTheNewestOneWhoseDrillPassedHoweverManyCameLater() {
        drill(add(BackupKind.MANUAL), true);
        drill(add(BackupKind.MANUAL), true);
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);

        assertThat(removable()).containsExactly(1L, 3L);
    }

    @Test
    void keepsAFailedDrillUntilAnotherOnePasses() {
        drill(add(BackupKind.MANUAL), true);
        drill(add(BackupKind.MANUAL), false);
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);
        add(BackupKind.MANUAL);

        assertThat(removable()).containsExactly(3L);

        drill(4, true);

        assertThat(removable()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void removesNothingWhereNothingIsGood() {
        damage(add(BackupKind.MANUAL));

        assertThat(removable()).isEmpty();
    }

    @Test
    void tellsOfEachWhetherItGoesOrWhyItStays() {
        keep(add(BackupKind.MANUAL));
        damage(add(BackupKind.MANUAL));
        drill(add(BackupKind.AUTOMATIC), true);
        drill(add(BackupKind.AUTOMATIC), false);
        add(BackupKind.MANUAL);
        add(BackupKind.AUTOMATIC);
        damage(add(BackupKind.AUTOMATIC));
        add(BackupKind.SAFETY);
        add(BackupKind.SAFETY);
        add(BackupKind.AUTOMATIC);

        Map<BackupId, Fate> fates = retention.next(backups);

        assertThat(backups.stream().map(backup -> fates.get(backup.id())))
                .containsExactly(
                        Fate.FOR_EVER,
                        Fate.GOES,
                        Fate.LAST_PASSED,
                        Fate.LAST_DRILLED,
                        Fate.LAST_GOOD,
                        Fate.GOES,
                        Fate.DAMAGED,
                        Fate.GOES,
                        Fate.NEWEST,
                        Fate.NEWEST);
        assertThat(goingNext()).containsExactly(2L, 6L, 8L);
    }

    private List<Long> removable() {
        return retention.removable(backups).stream().map(BackupId::sequence).toList();
    }

    private int add(BackupKind kind) {
        ZonedDateTime at = ZonedDateTime.parse("2026-11-22T07:00:00+01:00").plusDays(backups.size());
        backups.add(Samples.backup(backups.size() + 1L, kind, at));
        return backups.size() - 1;
    }

    private void drill(int index, boolean passed) {
        Optional<Problem> problem = passed ? Optional.empty() : Optional.of(new Problem.RestoreFailed("test"));
        backups.set(index, Samples.drilled(backups.get(index), new DrillResult(Instant.EPOCH, problem)));
    }

    private void damage(int index) {
        Backup good = backups.get(index);
        Problem damage = new Problem.ArchiveDamaged(good.id().value(), "test");
        backups.set(index, new Backup(good.manifest(), good.provenAt(), Optional.of(damage), good.copies()));
    }
}
