package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.InMemoryConfiguration;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody changes about the schedule is what the framework makes the next one of. */
class StoredTimesTest {
    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.schedule");
    private final Map<String, Object> stored = configuration.stored();
    private final Schedule schedule;

    StoredTimesTest() throws Exception {
        schedule = new Schedule(
                Timetable.of(new String[] {"07:00", "21:00"}, "Europe/Vienna"),
                new FakeBackupService(),
                new StoredTimes(configuration.admin()),
                Clock.systemUTC(),
                3_600_000,
                3_600_000);
    }

    @AfterEach
    void stop() {
        schedule.stop();
    }

    @Test
    void keepsOthersInOrderAndTheRestAsItIs() throws Exception {
        stored.put("zone", "Europe/Vienna");

        schedule.change(List.of(LocalTime.of(22, 30), LocalTime.of(6, 5), LocalTime.of(22, 30, 15)));

        assertThat(stored).containsEntry("zone", "Europe/Vienna");
        String[] times = (String[]) stored.get("times");
        assertThat(times).containsExactly("06:05", "22:30");
        assertThat(Timetable.of(times, "Europe/Vienna").times()).hasSize(2);
    }

    @Test
    void refusesNoneAndTooMany() {
        for (int count : new int[] {0, 97}) {
            List<LocalTime> times = IntStream.range(0, count)
                    .mapToObj(i -> LocalTime.of(i / 60, i % 60))
                    .toList();
            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> schedule.change(times))
                    .satisfies(refused -> assertThat(refused.problem()).isInstanceOf(Problem.InvalidInput.class));
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void saysWhereTheyCannotBeKept() {
        configuration.fill();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> schedule.change(List.of(LocalTime.NOON)))
                .satisfies(refused ->
                        assertThat(refused.problem()).isEqualTo(new Problem.Unexpected("No space left on device")));
    }
}
