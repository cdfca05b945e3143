package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupException;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Notifications.From;
import de.joecash.backup.Problem;
import de.joecash.backup.Safety;
import de.joecash.backup.Status;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.InMemoryConfiguration;
import de.joecash.backup.testkit.MutableClock;
import de.joecash.backup.testkit.Samples;
import de.joecash.pos.notification.Notification;
import de.joecash.pos.notification.Notification.Urgency;
import de.joecash.pos.notification.NotificationException;
import de.joecash.pos.notification.Notifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is not looking is told, and nothing that goes wrong about that ends the watch. */
class TillNotificationsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final InMemoryConfiguration configuration = new InMemoryConfiguration(TillNotifications.PID);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T06:00:00Z"), BERLIN);
    private final FakeBackupService backups = new FakeBackupService();
    private final Board board = new Board();
    private final TillNotifications notifications =
            new TillNotifications(config(From.DANGER), board, configuration.admin(), clock);

    TillNotificationsTest() {
        notifications.backups = backups;
    }

    @AfterEach
    void close() {
        notifications.close();
    }

    @Test
    void tellsDangerInBothLanguagesAndWhereToLook() {
        notifications.look();
        assertThat(board.delivered).isEmpty();
        clock.advance(PATIENCE);
        notifications.look();
        notifications.look();

        assertThat(board.delivered).singleElement().satisfies(told -> {
            assertThat(told.urgency()).isEqualTo(Urgency.ALARM);
            assertThat(told.target()).contains("/backup/");
            assertThat(told.title().apply(Locale.GERMANY)).contains("in Gefahr");
            assertThat(told.text().apply(Locale.GERMANY))
                    .isEqualTo("Ihre Daten sind nicht gesichert. Bitte sehen Sie unter Wartung › Datensicherung nach.");
            assertThat(told.title().apply(Locale.FRANCE)).contains("in danger");
            assertThat(told.text().apply(Locale.FRANCE)).startsWith("Your data is not backed up. Please");
        });
    }

    @Test
    void tellsThatItIsOverAboutTheSameTopic() {
        notifications.look();
        clock.advance(PATIENCE);
        notifications.look();
        backups.status = safe();
        notifications.look();

        assertThat(board.delivered).extracting(Notification::urgency).containsExactly(Urgency.ALARM, Urgency.INFO);
        assertThat(board.delivered).extracting(Notification::topic).containsOnly("backup");
        assertThat(board.delivered.get(1).title().apply(Locale.GERMAN)).contains("wieder");
    }

    @Test
    void triesAgainWhatCouldNotBeDelivered() {
        notifications.look();
        clock.advance(PATIENCE);
        board.refuses = Optional.of("the mail server does not answer");
        notifications.look();
        board.refuses = Optional.empty();
        notifications.look();
        notifications.look();

        assertThat(board.delivered).hasSize(1);
    }

    @Test
    void remembersWhatItToldWhileTheCoreIsReplacedOrTheSettingChanges() {
        notifications.look();
        clock.advance(PATIENCE);
        notifications.look();
        notifications.backups = null;
        notifications.look();
        notifications.backups = backups;
        notifications.reload(config(From.OVERDUE));
        notifications.look();

        assertThat(board.delivered).hasSize(1);
        assertThat(notifications.from()).isEqualTo(From.OVERDUE);
    }

    @Test
    void saysThatItIsLessButNotOverWhereItIsNot() throws Exception {
        notifications.look();
        clock.advance(PATIENCE);
        notifications.look();
        notifications.change(From.NEVER);
        notifications.look();

        assertThat(board.delivered).extracting(Notification::urgency).containsExactly(Urgency.ALARM, Urgency.INFO);
        assertThat(board.delivered.get(1).text().apply(Locale.GERMAN))
                .startsWith("Ihre Daten sind nicht gesichert. Nach Ihrer Einstellung");
        assertThat(board.delivered.get(1).title().apply(Locale.GERMAN)).doesNotContain("in Ordnung");
    }

    @Test
    void aFaultOfTheHostEndsNothing() {
        notifications.look();
        clock.advance(PATIENCE);
        board.fault = Optional.of(() -> {
            throw new IllegalStateException("gone");
        });
        notifications.look();
        board.fault = Optional.of(() -> {
            throw new NoClassDefFoundError("of a bundle that is just being replaced");
        });
        notifications.look();
        board.fault = Optional.empty();
        notifications.look();

        assertThat(board.delivered).hasSize(1);
    }

    @Test
    void keepsFromWhatOnPeopleAreToldAndTheRestAsItIs() throws Exception {
        configuration.stored().put("afterMinutes", 60);

        notifications.change(From.NEVER);

        assertThat(configuration.stored()).containsEntry("from", "NEVER").containsEntry("afterMinutes", 60);
        assertThat(notifications.from()).isEqualTo(From.NEVER);
        notifications.look();
        clock.advance(PATIENCE);
        notifications.look();
        assertThat(board.delivered).isEmpty();
    }

    @Test
    void saysWhereAnotherChoiceCannotBeKeptAndKeepsTheFormerOne() {
        configuration.fill();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> notifications.change(From.NEVER))
                .satisfies(refused ->
                        assertThat(refused.problem()).isEqualTo(new Problem.Unexpected("No space left on device")));
        assertThat(notifications.from()).isEqualTo(From.DANGER);
    }

    @Test
    void whatIsConfiguredAndCannotBeUsedKeepsNobodyFromBeingToldOfDanger() {
        TillNotifications odd = new TillNotifications(config(null), board, configuration.admin(), clock);

        assertThat(odd.from()).isEqualTo(From.DANGER);
    }

    @Test
    void aTrialSaysThatItIsOneWhateverPeopleAreToldOf() throws Exception {
        notifications.change(From.NEVER);
        notifications.trial();

        assertThat(board.delivered).singleElement().satisfies(trial -> {
            assertThat(trial.topic()).isNotEqualTo("backup");
            assertThat(trial.title().apply(Locale.GERMAN)).contains("Probe");
        });
        board.refuses = Optional.of("the mail server does not answer");
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(notifications::trial)
                .satisfies(refused -> assertThat(refused.problem())
                        .isEqualTo(new Problem.NotificationFailed("the mail server does not answer")));
    }

    private static Status safe() {
        Backup made = Samples.backup(1, BackupKind.MANUAL, ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, BERLIN));
        Status status = Samples.status(Instant.EPOCH, made, Optional.empty());
        assertThat(status.safety()).isEqualTo(Safety.SAFE);
        return status;
    }

    private static TillNotifications.Config config(From from) {
        return (TillNotifications.Config) Proxy.newProxyInstance(
                TillNotifications.Config.class.getClassLoader(),
                new Class<?>[] {TillNotifications.Config.class},
                (proxy, method, arguments) -> method.getName().equals("from") ? from : (int) PATIENCE.toMinutes());
    }

    /** Where notifications arrive. */
    private static final class Board implements Notifier {
        final List<Notification> delivered = new ArrayList<>();
        Optional<String> refuses = Optional.empty();
        Optional<Runnable> fault = Optional.empty();

        @Override
        public String way(Locale locale) {
            return "here";
        }

        @Override
        public void deliver(Notification notification) throws NotificationException {
            fault.ifPresent(Runnable::run);
            if (refuses.isPresent()) {
                throw new NotificationException(refuses.get());
            }
            delivered.add(notification);
        }
    }
}
