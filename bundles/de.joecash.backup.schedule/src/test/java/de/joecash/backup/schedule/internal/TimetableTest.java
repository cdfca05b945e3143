package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import java.time.LocalTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
    @Test
    void timesAreSortedAndTakenOnce() throws BackupException {
        assertThat(Timetable.of(new String[] {"21:00", " 7:00", "07:00 "}, " Europe/Berlin ")
                        .times())
                .containsExactly(LocalTime.of(7, 0), LocalTime.of(21, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "24:00", "07:60", "07.00", "07:00:00", "seven", "07:00\n21:00"})
    void aTimeThatIsNoneIsRefusedByName(String time) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> Timetable.of(new String[] {"07:00", time}, "Europe/Berlin"))
                .withMessageContaining("de.joecash.backup.schedule: \"times\" holds \"" + time.replace('\n', '?')
                        + "\", which is no time of day like 07:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Europe/Berlln", "Berlin", "../zone"})
    void aZoneThatIsNoneIsRefusedByName(String zone) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> Timetable.of(new String[] {"07:00"}, zone))
                .withMessageContaining("\"zone\" is \"" + zone + "\", which is no time zone like Europe/Berlin");
    }

    @Test
    void noTimesAndTooManyAreRefused() {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> Timetable.of(new String[0], "Europe/Berlin"))
                .withMessageContaining("has to hold 1 to 96 times of day, not 0");
        String[] many = IntStream.range(0, 97)
                .mapToObj(i -> LocalTime.MIN.plusMinutes(i).toString())
                .toArray(String[]::new);
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> Timetable.of(many, "Europe/Berlin"))
                .withMessageContaining("not 97");
    }
}
