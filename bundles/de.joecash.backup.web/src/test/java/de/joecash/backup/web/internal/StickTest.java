package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupId;
import de.joecash.backup.BackupKind;
import de.joecash.backup.FoundMedium;
import de.joecash.backup.Media;
import de.joecash.backup.Outcome;
import de.joecash.backup.PlaceTrial;
import de.joecash.backup.Problem;
import de.joecash.backup.Run;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.FakeRun;
import de.joecash.backup.testkit.Samples;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a stick that is plugged in to a copy on it, without a path being typed. */
class StickTest {
    private static final String USB = "/media/usb0";
    private static final String ASK = "{\"path\":\"" + USB + "\"}";

    private final FakeBackupService backups = new FakeBackupService();
    private final Backup made =
            Samples.backup(1, BackupKind.MANUAL, ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneOffset.UTC));
    private final Plugged plugged = new Plugged();
    private final Endpoints endpoints = new Endpoints(
            Boards.of(backups, new Extras(Optional::empty, () -> Optional.of(plugged), Optional::empty)), "");

    /** One stick, in a host that may refuse it. */
    private static final class Plugged implements Media {
        private final List<FoundMedium> there = new ArrayList<>(List.of(new FoundMedium(USB, "vfat", 8_000_000_000L)));
        private String chosen = "";
        private boolean refuses;
        private String directory;

        @Override
        public List<FoundMedium> list() {
            return there;
        }

        @Override
        public boolean chosen(String path) {
            return chosen.equals(path);
        }

        @Override
        public Optional<String> replaces() {
            return Optional.ofNullable(directory);
        }

        @Override
        public void choose(String path, Locale locale) throws BackupException {
            if (refuses) {
                throw new BackupException(new Problem.InvalidInput("01.2"));
            }
            chosen = path;
        }
    }

    @Test
    void administratorsAreShownWhatIsPluggedIn() {
        assertThat(json("GET", "/state", "", Role.ADMINISTRATOR))
                .contains(
                        "\"media\":[{\"path\":\"/media/usb0\",\"format\":\"vfat\",\"bytes\":8000000000,\"chosen\":false}]");
        assertThat(json("GET", "/state", "", Role.MANAGER)).doesNotContain("media");
        assertThat(json("GET", "/places", "", Role.ADMINISTRATOR))
                .isEqualTo("[{\"destination\":\"medium\",\"directory\":\"/media/usb0\"}]");
    }

    @Test
    void oneTouchSetsTheStickBacksUpAndSends() {
        Reply reply = ask("POST", "/stick", ASK, Role.ADMINISTRATOR);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(plugged.chosen).isEqualTo(USB);
        assertThat(backups.requests).singleElement().satisfies(request -> {
            assertThat(request.kind()).isEqualTo(BackupKind.MANUAL);
            assertThat(request.send()).isTrue();
        });
    }

    @Test
    void aDirectoryAtTheDataCentreIsReplacedOnlyWhereSomebodySaysSo() {
        plugged.directory = "salon/7";
        assertThat(json("GET", "/state", "", Role.ADMINISTRATOR)).contains("\"replaces\":\"salon/7\"");

        assertThat(ask("POST", "/stick", ASK, Role.ADMINISTRATOR).status()).isEqualTo(400);
        assertThat(ask("POST", "/stick", replacing("salon/8"), Role.ADMINISTRATOR)
                        .status())
                .isEqualTo(400);
        assertThat(plugged.chosen).isEmpty();
        assertThat(backups.runs).isEmpty();

        assertThat(ask("POST", "/stick", replacing("salon/7"), Role.ADMINISTRATOR)
                        .status())
                .isEqualTo(202);
        assertThat(plugged.chosen).isEqualTo(USB);
    }

    private static String replacing(String directory) {
        return "{\"path\":\"" + USB + "\",\"replacing\":\"" + directory + "\"}";
    }

    @Test
    void thePageSeesHowTheCopyEnds() {
        ask("POST", "/stick", ASK, Role.ADMINISTRATOR);
        backups.backups.add(made);
        backups.runs.get(0).end(new Outcome.Succeeded(made, Set.of(Outcome.Proof.READ_BACK)));

        FakeRun copy = backups.runs.get(1);
        copy.end(new Outcome.Succeeded(made, Set.of(Outcome.Proof.COPY_CONTENT_EQUAL)));

        assertThat(copy.kind()).isEqualTo(Run.Kind.SEND);
        assertThat(copy.backup().map(BackupId::value)).contains(made.id().value());
        assertThat(json("GET", "/state", "", Role.ADMINISTRATOR)).contains("\"proven\":[\"COPY_CONTENT_EQUAL\"]");
    }

    @Test
    void nothingIsSentOfABackupThatFailed() {
        ask("POST", "/stick", ASK, Role.ADMINISTRATOR);
        backups.runs.get(0).end(new Outcome.Failed(new Problem.NoDatabase()));

        assertThat(backups.runs).hasSize(1);
    }

    @Test
    void aStickThatTakesNothingIsNotSet() {
        backups.trial = new PlaceTrial(
                List.of(), Optional.of(new Problem.MediumRefused(USB, Problem.MediumRefused.Reason.READ_ONLY)));

        Reply reply = ask("POST", "/stick", ASK, Role.ADMINISTRATOR);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(new Gson().toJson(reply.body())).contains("MediumRefused");
        assertThat(plugged.chosen).isEmpty();
        assertThat(backups.runs).isEmpty();
    }

    @Test
    void aSettingThatIsRefusedStartsNothing() {
        plugged.refuses = true;

        assertThat(ask("POST", "/stick", ASK, Role.ADMINISTRATOR).status()).isEqualTo(400);
        assertThat(backups.runs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"path\":null}", "{\"path\":\"/\"}", "{\"path\":\"/media/usb0/..\"}"})
    void onlyWhatIsPluggedInIsTaken(String body) {
        assertThat(ask("POST", "/stick", body, Role.ADMINISTRATOR).status()).isEqualTo(400);
        assertThat(plugged.chosen).isEmpty();
        assertThat(backups.runs).isEmpty();
    }

    private Reply ask(String method, String path, String body, Role role) {
        return endpoints.answer(method, path, body, new Reader(new Texts(Locale.ENGLISH), role));
    }

    private String json(String method, String path, String body, Role role) {
        return new Gson().toJson(ask(method, path, body, role).body());
    }
}
