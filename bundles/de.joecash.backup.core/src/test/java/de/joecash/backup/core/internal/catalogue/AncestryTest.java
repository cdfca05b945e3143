package de.joecash.backup.core.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.joecash.backup.BackupId;
import de.joecash.backup.core.internal.catalogue.Ancestry.Restore;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AncestryTest {
    @Test
    void withoutARestoreEveryBackupOfTheTillIsAnEarlierStateAndNoneOfAnother() {
        assertThat(own(Ancestry.NONE)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(Ancestry.NONE.includes(id("burnt", 3), true)).isFalse();
    }

    @Test
    void aRestoreLeavesOutWhatWasMadeBetweenTheBackupAndIt() {
        assertThat(own(restored(2, 5))).containsExactly(1L, 2L, 6L, 7L, 8L, 9L);
    }

    @Test
    void theNextOneGoesOnFromThere() {
        assertThat(own(restored(2, 5, 6, 8))).containsExactly(1L, 2L, 6L, 9L);
        assertThat(own(restored(4, 5, 2, 8))).containsExactly(1L, 2L, 9L);
    }

    @Test
    void theWayBackBringsBackWhatItWasOf() {
        assertThat(own(restored(2, 5, 5, 6))).containsExactly(1L, 2L, 3L, 4L, 5L, 7L, 8L, 9L);
    }

    @Test
    void ofAnotherTillOnlyWhatWasRestoredCounts() {
        Ancestry moved = Ancestry.NONE.with(new Restore(id("burnt", 6), true, id("till", 7)));

        assertThat(own(moved)).containsExactly(8L, 9L);
        assertThat(LongStream.rangeClosed(1, 9).filter(number -> moved.includes(id("burnt", number), true)))
                .containsExactly(6L);
        assertThat(moved.includes(id("cafe", 3), true)).isFalse();
        Ancestry again = moved.with(new Restore(id("till", 8), false, id("till", 9)));
        assertThat(own(again)).containsExactly(8L);
        assertThat(again.includes(id("burnt", 6), true)).isTrue();
        assertThat(again.includes(id("burnt", 7), true)).isFalse();
    }

    @Test
    void isReadAsItWasWritten() {
        Ancestry ancestry = restored(2, 5, 6, 8).with(new Restore(id("burnt", 6), true, id("till", 9)));

        assertThat(Ancestry.read(ancestry.text())).isEqualTo(ancestry);
        assertThat(Ancestry.read("")).isEqualTo(Ancestry.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x y", " ", "till-2026-11-22T070000-000001", "a b elsewhere c"})
    void whatIsNoRestoreIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ancestry.read(text));
    }

    @Test
    void onlyTheLastHundredAreKept() {
        Ancestry ancestry = Ancestry.NONE;
        for (int i = 1; i <= 150; i++) {
            ancestry = ancestry.with(new Restore(id("till", i), false, id("till", i)));
        }

        assertThat(ancestry.restores()).hasSize(100);
        assertThat(ancestry.last().orElseThrow().backup()).isEqualTo(id("till", 150));
    }

    /** Pairs of what was restored and the newest there was. */
    private static Ancestry restored(long... numbers) {
        Ancestry ancestry = Ancestry.NONE;
        for (int i = 0; i < numbers.length; i += 2) {
            ancestry = ancestry.with(new Restore(id("till", numbers[i]), false, id("till", numbers[i + 1])));
        }
        return ancestry;
    }

    private static List<Long> own(Ancestry ancestry) {
        return LongStream.rangeClosed(1, 9)
                .filter(number -> ancestry.includes(id("till", number), false))
                .boxed()
                .toList();
    }

    private static BackupId id(String till, long number) {
        return new BackupId(String.format("%s-2026-11-22T070000-%06d", till, number));
    }
}
