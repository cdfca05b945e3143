package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import de.joecash.backup.AutomaticRuns;
import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When automatic backups are made, as the page shows it. */
class TimesTest {
    private final List<List<LocalTime>> changed = new ArrayList<>();
    private final AutomaticRuns booked = new AutomaticRuns() {
        @Override
        public ZoneId zone() {
            return ZoneId.of("Europe/Berlin");
        }

        @Override
        public ZonedDateTime next() {
            return ZonedDateTime.of(2026, 11, 22, 21, 0, 0, 0, zone());
        }

        @Override
        public List<LocalTime> times() {
            return List.of(LocalTime.of(7, 0), LocalTime.of(21, 0));
        }

        @Override
        public void change(List<LocalTime> times) throws BackupException {
            if (times.size() > 96) {
                throw new BackupException(new Problem.InvalidInput("times"));
            }
            changed.add(times);
        }
    };

    @Test
    void areShownWhileBackupsAreMadeAutomatically() {
        assertThat(state(Optional.of(booked)))
                .contains("\"local\":\"2026-11-22T21:00:00\"", "\"automaticAt\":[\"07:00\",\"21:00\"]");
        assertThat(state(Optional.empty())).doesNotContain("automaticAt", "nextAutomatic");
    }

    @Test
    void othersAreKeptInOrderAndEachOnce() {
        Reply reply = change(Optional.of(booked), "{\"times\":[\"22:30\",\"06:05\",\"22:30\"]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(List.of("06:05", "22:30"));
        assertThat(changed).containsExactly(List.of(LocalTime.of(6, 5), LocalTime.of(22, 30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"times\":[]}",
                "{\"times\":null}",
                "{\"times\":[null]}",
                "{\"times\":[\"\"]}",
                "{\"times\":[\"24:00\"]}",
                "{\"times\":[\"7:00\"]}",
                "{\"times\":[\"07:00:01\"]}",
                "{\"times\":\"07:00\"}",
                "{\"times\":[[\"07:00\"]]}"
            })
    void whatIsNoTimeIsRefused(String body) {
        assertThat(change(Optional.of(booked), body).status()).isEqualTo(400);
        assertThat(changed).isEmpty();
    }

    @Test
    void tooManyAreRefusedAndSoIsAnyWithoutASchedule() {
        String many = IntStream.range(0, 97)
                .mapToObj(i -> "\"" + LocalTime.of(i / 60, i % 60) + "\"")
                .collect(Collectors.joining(",", "{\"times\":[", "]}"));

        assertThat(change(Optional.of(booked), many).status()).isEqualTo(400);
        assertThat(change(Optional.empty(), "{\"times\":[\"07:00\"]}").status()).isEqualTo(400);
    }

    private static Reply change(Optional<AutomaticRuns> automatic, String body) {
        return ask("POST", "/times", body, automatic);
    }

    private static String state(Optional<AutomaticRuns> automatic) {
        return new Gson().toJson(ask("GET", "/state", "", automatic).body());
    }

    private static Reply ask(String method, String path, String body, Optional<AutomaticRuns> automatic) {
        Board board = Boards.of(new FakeBackupService(), new Extras(() -> automatic, Optional::empty, Optional::empty));
        return new Endpoints(board, "")
                .answer(method, path, body, new Reader(new Texts(Locale.GERMAN), Role.ADMINISTRATOR));
    }
}
