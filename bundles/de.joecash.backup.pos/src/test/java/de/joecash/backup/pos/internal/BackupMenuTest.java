package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.osgi.service.condition.Condition;

class BackupMenuTest {
    private final BackupMenu menu = new BackupMenu();

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
}
