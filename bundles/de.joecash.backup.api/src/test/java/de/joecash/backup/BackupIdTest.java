package de.joecash.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupIdTest {
    @Test
    void isOrderedByItsSequence() {
        BackupId earlier = new BackupId("kasse1-2026-11-22T070000-000009");
        BackupId laterButClockSetBack = new BackupId("kasse1-2026-11-21T070000-000010");

        assertThat(earlier.sequence()).isEqualTo(9);
        assertThat(earlier).isLessThan(laterButClockSetBack);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../kasse1-2026-11-22T070000-000009",
                "kasse1/2026-11-22T070000-000009",
                "kasse1-2026-11-22T07:00:00-000009",
                "kasse1-2026-11-22T070000-000009\n",
                "-2026-11-22T070000-000009",
                "kasse1-2026-11-22T070000-9",
            })
    void refusesWhatIsNotTheNameOfABackup(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BackupId(value));
    }
}
