package de.joecash.backup.core.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Fate;
import de.joecash.backup.Problem;
import de.joecash.backup.Remark;
import de.joecash.backup.RetentionRules;
import de.joecash.backup.testkit.Samples;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {
    private final Retention retention = new Retention(new RetentionRules(1, 1));
    private final List<Backup> backups = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "1000, 499, true",
        "1000, 0, true",
        "1000, 500, false",
        "1000, 2000, false",
        "99, 0, false",
        "100, 0, true"
    })
    void lessThanHalfIsALossUnlessThereWasNextToNothing(long rows, long left, boolean loss) {
        add(rows);
        add(left);

        assertThat(Losses.unseen(backups).isPresent()).isEqualTo(loss);
        assertThat(before()).hasSize(loss ? 1 : 0);
    }

    @Test
    void theLastBackupOfWhatWasLostStaysHoweverManyOfTheRestCome() {
        add(900);
        add(1000);
        for (int i = 0; i < 50; i++) {
            add(i);
            backups.removeIf(backup -> retention.removable(backups).contains(backup.id()));
        }

        assertThat(backups).extracting(backup -> backup.id().sequence()).containsExactly(2L, 52L);
        assertThat(retention.next(backups)).containsEntry(backups.get(0).id(), Fate.BEFORE_LOSS);
        assertThat(Losses.unseen(backups)).contains(backups.get(0));
    }

    @Test
    void itIsAnOrdinaryOneAgainOnceItWasRestoredAndThoseOfTheSmallOneHaveGone() {
        add(1000);
        add(3);
        add(1001);
        assertThat(before()).containsExactly(1L);
        assertThat(Losses.unseen(backups)).as("it has been made up for").isEmpty();

        add(1002);
        backups.remove(1);

        assertThat(before()).isEmpty();
        assertThat(retention.removable(backups)).extracting(BackupId::sequence).containsExactly(1L, 3L);
    }

    @Test
    void whoKeepsItForEverHasSeenIt() {
        add(1000);
        add(3);
        backups.set(0, Samples.remarked(backups.get(0), new Remark(true, "")));

        assertThat(Losses.unseen(backups)).isEmpty();
        assertThat(retention.next(backups)).containsEntry(backups.get(0).id(), Fate.FOR_EVER);
    }

    @Test
    void ofSeveralTheNewestIsShownAndAllStay() {
        add(10_000);
        add(1000);
        add(3);

        assertThat(before()).containsExactly(1L, 2L);
        assertThat(Losses.unseen(backups)).contains(backups.get(1));
    }

    @Test
    void aDamagedOneAndOneMadeBeforeARestoreSayNothing() {
        add(1000);
        Backup damaged = add(1000);
        Problem damage = new Problem.ArchiveDamaged(damaged.id().value(), "test");
        backups.set(1, new Backup(damaged.manifest(), damaged.provenAt(), Optional.of(damage), List.of()));
        add(0, BackupKind.SAFETY);
        assertThat(before()).isEmpty();

        add(3);

        assertThat(before()).containsExactly(1L);
    }

    @Test
    void nothingIsLostWhereNothingIsThere() {
        assertThat(before()).isEmpty();
        assertThat(Losses.unseen(backups)).isEmpty();
    }

    private List<Long> before() {
        Collections.shuffle(backups);
        List<Long> before =
                Losses.before(backups).stream().map(BackupId::sequence).sorted().toList();
        backups.sort((one, other) -> one.id().compareTo(other.id()));
        return before;
    }

    private Backup add(long rows) {
        return add(rows, BackupKind.AUTOMATIC);
    }

    private Backup add(long rows, BackupKind kind) {
        long sequence =
                backups.isEmpty() ? 1 : backups.get(backups.size() - 1).id().sequence() + 1;
        ZonedDateTime at = ZonedDateTime.parse("2026-11-22T07:00:00+01:00").plusDays(sequence);
        Backup backup = Samples.holding(Samples.backup(sequence, kind, at), rows);
        backups.add(backup);
        return backup;
    }
}
