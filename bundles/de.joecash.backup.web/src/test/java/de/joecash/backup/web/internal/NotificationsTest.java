package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import de.joecash.backup.BackupException;
import de.joecash.backup.Notifications;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.FakeBackupService;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told that the data is not safe, as the page shows it. */
class NotificationsTest {
    private final Phone phone = new Phone();

    @Test
    void areShownWithTheirWayInTheReadersWords() {
        JsonObject shown = body(ask("GET", "", Optional.of(phone)));

        assertThat(shown.get("from").getAsString()).isEqualTo("DANGER");
        assertThat(shown.get("way").getAsString()).isEqualTo("auf dem Telefon");
    }

    @Test
    void areNotShownWhereTheHostHasNoWayToPeople() {
        assertThat(body(ask("GET", "", Optional.empty())).keySet()).isEmpty();
        assertThat(ask("POST", "{\"from\":\"NEVER\"}", Optional.empty()).status())
                .isEqualTo(400);
        assertThat(trial(Optional.empty()).status()).isEqualTo(400);
    }

    @Test
    void anotherChoiceIsKept() {
        Reply reply = ask("POST", "{\"from\":\"OVERDUE\"}", Optional.of(phone));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(body(reply).get("from").getAsString()).isEqualTo("OVERDUE");
        assertThat(phone.from).isEqualTo(Notifications.From.OVERDUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"from\":null}", "{\"from\":\"\"}", "{\"from\":\"danger\"}", "{\"from\":[]}", "x"})
    void whatIsNoChoiceIsRefused(String body) {
        assertThat(ask("POST", body, Optional.of(phone)).status()).isEqualTo(400);
        assertThat(phone.from).isEqualTo(Notifications.From.DANGER);
    }

    @Test
    void aTrialSaysWhyItDidNotArrive() {
        assertThat(trial(Optional.of(phone)).status()).isEqualTo(200);
        phone.problem = Optional.of(new Problem.NotificationFailed("no network"));

        Reply refused = trial(Optional.of(phone));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(new Gson().toJson(refused.body())).contains("NotificationFailed", "no network");
    }

    private static JsonObject body(Reply reply) {
        return new Gson().toJsonTree(reply.body()).getAsJsonObject();
    }

    private static Reply trial(Optional<Notifications> there) {
        return ask("POST", "/notifications-trial", "", there);
    }

    private static Reply ask(String method, String body, Optional<Notifications> there) {
        return ask(method, "/notifications", body, there);
    }

    private static Reply ask(String method, String path, String body, Optional<Notifications> there) {
        Extras extras = new Extras(Optional::empty, Optional::empty, () -> there);
        return new Endpoints(Boards.of(new FakeBackupService(), extras), "")
                .answer(method, path, body, new Reader(new Texts(Locale.GERMANY), Role.ADMINISTRATOR));
    }

    private static final class Phone implements Notifications {
        private From from = From.DANGER;
        private Optional<Problem> problem = Optional.empty();

        @Override
        public String way(Locale locale) {
            return locale.getLanguage().equals("de") ? "auf dem Telefon" : "on the phone";
        }

        @Override
        public From from() {
            return from;
        }

        @Override
        public void change(From other) {
            from = other;
        }

        @Override
        public void trial() throws BackupException {
            if (problem.isPresent()) {
                throw new BackupException(problem.get());
            }
        }
    }
}
