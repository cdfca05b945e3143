package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.testkit.InMemoryConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsCommandTest {
    private final PrintStream console = System.out;
    private final Locale locale = Locale.getDefault();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.pos");

    @BeforeEach
    void catchTheConsole() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void giveTheConsoleBack() {
        System.setOut(console);
        Locale.setDefault(locale);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void listsBoth() throws Exception {
        configuration.stored().putAll(Map.of("kind", "L", "path", "/media/usb0"));

        new SettingsCommand(new LocalBackupSettings(configuration.admin())).settings();

        assertThat(printed())
                .isEqualTo(
                        """
                        01.1 Backup: Art des lokalen Backups: L
                        01.2 Backup: Pfad lokales Backup/FTP Pfad: /media/usb0
                        """);
    }

    @Test
    void showsOne() throws Exception {
        new SettingsCommand(new LocalBackupSettings(configuration.admin())).settings("01.1");

        assertThat(printed()).isEqualTo("01.1 Backup: Art des lokalen Backups: (leer)\n");
    }

    @Test
    void setsOne() throws Exception {
        new SettingsCommand(new LocalBackupSettings(configuration.admin())).settings("01.1", "L");

        assertThat(printed()).isEqualTo("01.1 Backup: Art des lokalen Backups: L\n");
        assertThat(new LocalBackupSettings(configuration.admin()).values()).containsEntry("01.1", "L");
    }

    @Test
    void aRefusalIsAnExceptionThatSaysWhy() throws Exception {
        SettingsCommand command = new SettingsCommand(new LocalBackupSettings(configuration.admin()));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> command.settings("01.2", "../stick"))
                .withMessage("01.2 darf kein „..“ enthalten. Bitte geben Sie den Pfad selbst ein,"
                        + " zum Beispiel /media/usb0.");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> command.settings("02.1"))
                .withMessageStartingWith("Diese Einstellung gibt es hier nicht.");
        assertThat(printed()).isEmpty();
    }
}
