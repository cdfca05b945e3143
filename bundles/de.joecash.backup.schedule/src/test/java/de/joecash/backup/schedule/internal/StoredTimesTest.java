package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What somebody changes about the schedule is what the framework makes the next one of. */
class StoredTimesTest {
    private final Map<String, Object> stored = new HashMap<>();
    private boolean full;
    private final Schedule schedule;

    StoredTimesTest() throws Exception {
        schedule = new Schedule(
                Timetable.of(new String[] {"07:00", "21:00"}, "Europe/Vienna"),
                new FakeBackupService(),
                new StoredTimes(admin()),
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
        full = true;

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> schedule.change(List.of(LocalTime.NOON)))
                .satisfies(refused ->
                        assertThat(refused.problem()).isEqualTo(new Problem.Unexpected("No space left on device")));
    }

    private ConfigurationAdmin admin() {
        Configuration configuration = proxy(Configuration.class, (method, arguments) -> switch (method) {
            case "getProperties" -> stored.isEmpty() ? null : FrameworkUtil.asDictionary(new HashMap<>(stored));
            case "update" -> update((Dictionary<?, ?>) arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        });
        return proxy(ConfigurationAdmin.class, (method, arguments) -> {
            assertThat(method).isEqualTo("getConfiguration");
            assertThat(arguments).containsExactly("de.joecash.backup.schedule", "?");
            return configuration;
        });
    }

    private Object update(Dictionary<?, ?> properties) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        stored.clear();
        FrameworkUtil.asMap(properties).forEach((key, value) -> stored.put((String) key, value));
        return null;
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
