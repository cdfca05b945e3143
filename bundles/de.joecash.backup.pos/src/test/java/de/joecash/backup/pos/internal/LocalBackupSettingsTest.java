package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.joecash.backup.testkit.InMemoryConfiguration;
import de.joecash.pos.settings.InvalidSettingException;
import de.joecash.pos.settings.Setting;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBackupSettingsTest {
    private static final String STICK = "/media/usb0";

    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.pos");

    private LocalBackupSettings settings() throws Exception {
        return new LocalBackupSettings(configuration.admin());
    }

    @Test
    void bothHangAtPosHardwareUnderTheManualsLabels() throws Exception {
        LocalBackupSettings settings = settings();

        assertThat(settings.id()).isEqualTo("local-backup");
        assertThat(settings.parent()).isEqualTo("backoffice/settings/pos-hardware");
        assertThat(settings.title(Locale.GERMANY)).isEqualTo("lokales Backup");
        assertThat(settings.title(Locale.FRANCE)).isEqualTo("Local backup");
        for (Locale locale : new Locale[] {Locale.GERMANY, Locale.US, Locale.FRANCE}) {
            assertThat(settings.settings())
                    .extracting(setting -> setting.label().apply(locale))
                    .containsExactly(
                            "01.1 Backup: Art des lokalen Backups", "01.2 Backup: Pfad lokales Backup/FTP Pfad");
        }
        assertThat(settings.settings().get(0).help().apply(Locale.ENGLISH)).startsWith("Kind of local backup.");
        assertThat(settings.settings().get(1).help().apply(new Locale("de", "AT")))
                .contains("/media/usb0");
    }

    @Test
    void nothingIsSetAtFirst() throws Exception {
        assertThat(settings().values()).isEqualTo(Map.of("01.1", "", "01.2", ""));
        assertThat(settings().present()).isEqualTo(new LocalBackup("", "", "data-centre"));
        assertThat(settings().settings().get(0).choices())
                .extracting(Setting.Choice::value)
                .containsExactly("", "F", "L");
    }

    @Test
    void aChangeIsInForceAtOnceAndOutlivesTheComponent() throws Exception {
        LocalBackupSettings settings = settings();

        settings.change(Map.of("01.1", "L", "01.2", STICK));

        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", STICK));
        assertThat(settings.present().local()).isTrue();
        assertThat(settings().values()).isEqualTo(Map.of("01.1", "L", "01.2", STICK));
    }

    @Test
    void keysLeftOutAndForeignPropertiesStay() throws Exception {
        configuration
                .stored()
                .putAll(Map.of("path", STICK, "dataCentre", "centre-2", "felix.fileinstall.filename", "f"));

        settings().change(Map.of("01.1", "L"));

        assertThat(configuration.stored())
                .isEqualTo(Map.of(
                        "kind", "L", "path", STICK, "dataCentre", "centre-2", "felix.fileinstall.filename", "f"));
        assertThat(settings().present().dataCentre()).isEqualTo("centre-2");
    }

    @Test
    void anotherOnesChangeIsReadAgain() throws Exception {
        LocalBackupSettings settings = settings();
        configuration.stored().putAll(Map.of("kind", "L", "path", STICK));

        settings.reload();

        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", STICK));
    }

    @Test
    void theLateNewsOfAnOlderChangeTakesNothingBack() throws Exception {
        LocalBackupSettings settings = settings();
        settings.change(Map.of("01.1", "L"));
        settings.change(Map.of("01.2", STICK));

        settings.reload();

        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", STICK));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"'',''", "'  ',''", "F,F", "' f ',F", "L,L", "' l',L", "X,X", "lokal,lokal"},
            emptyValue = "")
    void anyShortTextIsTakenAt011(String given, String shown) throws Exception {
        LocalBackupSettings settings = settings();

        settings.change(Map.of("01.1", given));

        assertThat(settings.values()).containsEntry("01.1", shown);
        assertThat(settings.present().local()).isEqualTo(!shown.isEmpty() && !shown.equals("F"));
        assertThat(settings.settings().get(0).choices())
                .extracting(Setting.Choice::value)
                .contains(shown);
    }

    @Test
    void whatAnotherHostStoredIsOfferedAsLocalBackup() throws Exception {
        configuration.stored().put("kind", "USB");

        Setting.Choice fourth = settings().settings().get(0).choices().get(3);

        assertThat(fourth.value()).isEqualTo("USB");
        assertThat(fourth.label().apply(Locale.GERMAN)).isEqualTo("USB – lokales Backup");
        assertThat(fourth.label().apply(Locale.ENGLISH)).isEqualTo("USB – local backup");
    }

    @Test
    void aPastedPathLosesTheWhiteSpaceAroundIt() throws Exception {
        LocalBackupSettings settings = settings();

        settings.change(Map.of("01.1", "L", "01.2", " " + STICK + "\r\n"));

        assertThat(settings.values()).containsEntry("01.2", STICK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kassen/kasse1", "/kassen", "kasse..1"})
    void withoutLocalBackupAnFtpDirectoryIsTaken(String directory) throws Exception {
        LocalBackupSettings settings = settings();

        settings.change(Map.of("01.1", "F", "01.2", directory));

        assertThat(settings.values()).containsEntry("01.2", directory);
    }

    @Test
    void localBackupWithoutAPathYetIsTaken() throws Exception {
        LocalBackupSettings settings = settings();

        settings.change(Map.of("01.1", "L"));

        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", ""));
    }

    record Refusal(Map<String, String> changes, String key, String german, String english) {}

    static Refusal[] refusals() {
        return new Refusal[] {
            new Refusal(Map.of("01.3", "L"), "01.3", "Diese Einstellung gibt es hier nicht.", "There is no such"),
            new Refusal(Map.of("01.1", "L".repeat(17)), "01.1", "höchstens 16 Zeichen", "16 characters at the most"),
            new Refusal(Map.of("01.1", "L\u0007L"), "01.1", "nicht darstellen lässt", "cannot be displayed"),
            new Refusal(Map.of("01.2", "a".repeat(1025)), "01.2", "höchstens 1024", "1024 characters at the most"),
            new Refusal(Map.of("01.2", "kasse\r\nDELE x"), "01.2", "nicht darstellen lässt", "cannot be displayed"),
            new Refusal(Map.of("01.2", "kasse\u0000"), "01.2", "nicht darstellen lässt", "cannot be displayed"),
            new Refusal(Map.of("01.2", "/media/\u202eusb"), "01.2", "nicht darstellen lässt", "cannot be displayed"),
            new Refusal(Map.of("01.2", "/media/\ud800"), "01.2", "nicht darstellen lässt", "cannot be displayed"),
            new Refusal(Map.of("01.2", ".."), "01.2", "kein „..“ enthalten", "must not hold “..”"),
            new Refusal(Map.of("01.2", "a/../../etc"), "01.2", "kein „..“ enthalten", "must not hold “..”"),
            new Refusal(Map.of("01.2", "a\\..\\b"), "01.2", "kein „..“ enthalten", "must not hold “..”"),
            new Refusal(
                    Map.of("01.1", "L", "01.2", "media/usb0"),
                    "01.2",
                    "ein vollständiger Pfad",
                    "has to be a full path"),
            new Refusal(Map.of("01.1", "X", "01.2", "usb0"), "01.2", "ein vollständiger Pfad", "has to be a full path"),
        };
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalSaysWhyInBothLanguagesAndChangesNothing(Refusal refusal) throws Exception {
        LocalBackupSettings settings = settings();
        settings.change(Map.of("01.1", "F", "01.2", "kasse1"));

        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> settings.change(refusal.changes()));

        assertThat(refused.key()).isEqualTo(refusal.key());
        assertThat(refused.problem(Locale.GERMANY)).contains(refusal.german()).contains("Bitte");
        assertThat(refused.problem(Locale.FRANCE)).contains(refusal.english()).contains("Please");
        assertThat(settings.values()).isEqualTo(Map.of("01.1", "F", "01.2", "kasse1"));
        assertThat(configuration.stored()).isEqualTo(Map.of("kind", "F", "path", "kasse1"));
    }

    @Test
    void localBackupIsRefusedWhileAnFtpDirectoryStandsAt012() throws Exception {
        LocalBackupSettings settings = settings();
        settings.change(Map.of("01.1", "F", "01.2", "kasse1"));

        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> settings.change(Map.of("01.1", "L")));

        assertThat(refused.key()).isEqualTo("01.2");
        settings.change(Map.of("01.1", "L", "01.2", STICK));
        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", STICK));
    }

    @Test
    void whatCannotBeStoredIsNotInForce() throws Exception {
        LocalBackupSettings settings = settings();
        configuration.fill();

        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> settings.change(Map.of("01.1", "L")));

        assertThat(refused.problem(Locale.GERMAN)).contains("kann auf dem Server nicht gespeichert werden");
        assertThat(settings.values()).containsEntry("01.1", "");
    }

    @Test
    void storedValuesThatCannotBeMeantAreTakenAsNotSet() throws Exception {
        configuration
                .stored()
                .putAll(Map.of("kind", "L".repeat(17), "path", "/media\n/usb0", "dataCentre", "../elsewhere"));

        assertThat(settings().present()).isEqualTo(new LocalBackup("", "", "data-centre"));
    }

    @Test
    void storedValuesOfOtherHostsAreLeftToTheDestination() throws Exception {
        configuration.stored().putAll(Map.of("kind", " x ", "path", "usb0"));

        assertThat(settings().present()).isEqualTo(new LocalBackup("x", "usb0", "data-centre"));
    }
}
