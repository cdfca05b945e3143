package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.FoundMedium;
import de.joecash.backup.Problem;
import de.joecash.backup.testkit.InMemoryConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalMediaTest {
    private static final FoundMedium STICK = new FoundMedium("/media/usb0", "vfat", 8_000_000_000L);

    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.pos");

    @Test
    void choosingAMediumIsSettingBothKeys() throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        LocalMedia media = new LocalMedia(settings, () -> List.of(STICK));

        assertThat(media.list()).containsExactly(STICK);
        assertThat(media.chosen("/media/usb0")).isFalse();
        media.choose("/media/usb0", Locale.GERMAN);

        assertThat(settings.values()).isEqualTo(Map.of("01.1", "L", "01.2", "/media/usb0"));
        assertThat(media.chosen("/media/usb0")).isTrue();
        assertThat(media.chosen("/media/usb1")).isFalse();
    }

    @Test
    void whatIsPluggedInIsProposedWhereItsPathIsTyped() throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        assertThat(settings.settings().get(1).choices()).isEmpty();

        settings.plugged = () -> List.of(STICK);

        assertThat(settings.settings().get(1).choices()).singleElement().satisfies(proposed -> {
            assertThat(proposed.value()).isEqualTo("/media/usb0");
            assertThat(proposed.label().apply(Locale.GERMAN)).isEqualTo("/media/usb0 vfat");
        });
    }

    @Test
    void aDirectoryAtTheDataCentreIsNoMedium() throws Exception {
        configuration.stored().putAll(Map.of("kind", "F", "path", "/media/usb0"));

        assertThat(new LocalMedia(new LocalBackupSettings(configuration.admin()), List::of).chosen("/media/usb0"))
                .isFalse();
    }

    @Test
    void saysWhichDirectoryAtTheDataCentreAMediumWouldReplace() throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        LocalMedia media = new LocalMedia(settings, List::of);
        assertThat(media.replaces()).isEmpty();

        settings.change(Map.of("01.1", "F", "01.2", "salon/7"));
        assertThat(media.replaces()).contains("salon/7");
        media.choose("/media/usb0", Locale.GERMAN);

        assertThat(media.replaces()).isEmpty();
    }

    @Test
    void anotherWordForLocalStaysWhereTheMediumDoes() throws Exception {
        configuration.stored().putAll(Map.of("kind", "X", "path", "/media/usb0"));
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());

        new LocalMedia(settings, List::of).choose("/media/usb0", Locale.GERMAN);

        assertThat(settings.values()).containsEntry("01.1", "X");
    }

    @Test
    void whatIsRefusedSaysWhyAndChangesNothing() throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        LocalMedia media = new LocalMedia(settings, List::of);

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> media.choose("media/usb0", Locale.GERMAN))
                .satisfies(refused -> assertThat(refused.problem()).isInstanceOf(Problem.InvalidInput.class));
        assertThat(settings.values()).isEqualTo(Map.of("01.1", "", "01.2", ""));
    }
}
