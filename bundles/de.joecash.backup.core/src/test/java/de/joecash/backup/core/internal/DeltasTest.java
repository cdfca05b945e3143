package de.joecash.backup.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that change are sent as what they differ in from those that are there. */
class DeltasTest extends PlaceScenario {
    /** Less than a member, which has some 100 KB here: a head, a delta of a few bytes, and what sealing adds. */
    private static final int NEXT_TO_NOTHING = 2_000;

    private final List<String> contents = new ArrayList<>();

    @Test
    void aRowThatChangedCostsNextToNothing() {
        sent();
        changeARow(1);

        Backup second = sent();

        assertThat(there(second, ".sql.pack.gz.age")).hasSizeLessThan(NEXT_TO_NOTHING);
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    @Test
    void aRowThatChangesEachDayCostsNextToNothingEachDayAndEachCanBeRestored() {
        contents.add(source.text());
        List<Backup> days = new ArrayList<>(List.of(sent()));
        for (int day = 1; day <= 10; day++) {
            changeARow(day);
            days.add(sent());
        }

        assertThat(days.subList(1, 11)).allMatch(day -> there(day, ".sql.pack.gz.age").length < NEXT_TO_NOTHING);
        for (int day : new int[] {0, 1, 9, 10}) {
            assertThat(restoredElsewhere(days.get(day))).as("day %d", day).isEqualTo(contents.get(day));
        }
    }

    @Test
    void whatADeltaRestsOnStaysWhenItsBackupGoes() {
        reopen(2, recipient(KEY));
        sent();
        Backup last = null;
        for (int day = 1; day <= 5; day++) {
            changeARow(day);
            last = sent();
        }

        assertThat(there().keySet().stream().filter(name -> name.endsWith(".parts.json")))
                .hasSize(2);
        assertThat(there(last, ".sql.pack.gz.age")).hasSizeLessThan(NEXT_TO_NOTHING);
        assertThat(restoredElsewhere(last)).isEqualTo(source.text());
    }

    @Test
    void goesWholeWhereTheBackupThatWasSentBeforeCannotBeReadHere() throws Exception {
        Backup first = sent();
        changeARow(1);
        Backup second = shop.backup();
        Files.write(shop.archive(first), new byte[1000]);

        shop.succeeds(shop.core().send(Optional.of(second.id())));

        assertThat(there(second, ".sql.pack.gz.age").length).isGreaterThan(NEXT_TO_NOTHING);
        assertThat(restoredElsewhere(second)).isEqualTo(source.text());
    }

    /** Other digits in the same row. */
    private void changeARow(int day) {
        shop.clock().advance(Duration.ofDays(1));
        StringBuilder text = new StringBuilder(source.text());
        int row = text.indexOf("\n", text.length() / 2) + 1;
        text.replace(row, row + 2, "%02d".formatted(day));
        source.text(text.toString());
        contents.add(source.text());
    }
}
