package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Backup;
import de.joecash.backup.BackupKind;
import de.joecash.backup.Safety;
import de.joecash.backup.testkit.FakeBackupService;
import de.joecash.backup.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.service.condition.Condition;

class BackupMenuTest {
    private final AtomicLong nanos = new AtomicLong();
    private final FakeBackupService backups = new FakeBackupService();
    private final BackupMenu menu = new BackupMenu(nanos::get);

    @Test
    void datensicherungHangsAtWartung() {
        assertThat(menu.parent()).isEqualTo("backoffice/maintenance");
        assertThat(menu.id()).isEqualTo("backup");
        assertThat(menu.target()).isEqualTo("/backup/");
        assertThat(menu.title(Locale.GERMANY)).isEqualTo("Datensicherung");
        assertThat(menu.title(Locale.US)).isEqualTo("Backup");
        assertThat(menu.help(Locale.GERMAN)).contains("sichern").contains("wiederherstellen");
        assertThat(menu.help(Locale.FRENCH)).contains("Back up").contains("restore");
    }

    @Test
    void withoutPlusItStaysAndSaysWhatIsMissing() {
        assertThat(menu.notice(Locale.GERMANY).orElseThrow())
                .startsWith("+Backup ist nicht gebucht")
                .contains("keine automatischen Sicherungen", "keine Übertragung", "Wiederherstellung");
        assertThat(menu.notice(Locale.FRANCE).orElseThrow())
                .startsWith("+Backup is not booked")
                .contains("no automatic backups", "no transfer", "restoring");
    }

    @Test
    void withPlusThereIsNothingToSay() {
        menu.plus = Condition.INSTANCE;

        assertThat(menu.notice(Locale.GERMAN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Safety.class, mode = EnumSource.Mode.EXCLUDE, names = "SAFE")
    void whatIsWrongHasWordsInBothLanguages(Safety safety) {
        for (Locale locale : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            assertThat(Texts.text("menu." + safety, locale)).endsWith(".");
        }
    }

    @Test
    void whatIsOverdueIsSaidToWhoeverDoesNotOpenThePage() {
        menu.plus = Condition.INSTANCE;
        menu.backups = backups;

        assertThat(menu.notice(Locale.GERMAN)).contains("Ihre Daten sind nicht gesichert.");
        menu.plus = null;
        assertThat(menu.notice(Locale.GERMAN).orElseThrow())
                .startsWith("Ihre Daten sind nicht gesichert. +Backup ist nicht gebucht");
    }

    @Test
    void theStateIsLookedAtAnewAfterTenSeconds() {
        menu.plus = Condition.INSTANCE;
        menu.backups = backups;
        assertThat(menu.notice(Locale.GERMAN)).isPresent();
        Backup made = Samples.backup(
                1, BackupKind.MANUAL, ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.of("Europe/Berlin")));
        backups.status = Samples.status(Instant.EPOCH, made, Optional.empty());

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(menu.notice(Locale.GERMAN)).isPresent();
        nanos.incrementAndGet();
        assertThat(menu.notice(Locale.GERMAN)).isEmpty();
        menu.backups = new FakeBackupService();
        assertThat(menu.notice(Locale.GERMAN)).as("of another service").isPresent();
    }
}
