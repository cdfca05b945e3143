package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.BackupKind;
import de.joecash.backup.spi.TransferRoute;
import de.joecash.backup.testkit.InMemoryConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of "Backup an FTP". +Backup is there exactly while the route to the data centre is. */
class RoutesTest {
    private final InMemoryConfiguration configuration = new InMemoryConfiguration("de.joecash.backup.pos");

    /** What the core does with the routes: the first that answers, in the order of their ranking. */
    private String way(boolean plus, BackupKind kind) throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        List<TransferRoute> routes = plus
                ? List.of(new LocalRoute(settings), new DataCentreRoute(settings))
                : List.of(new LocalRoute(settings));
        for (TransferRoute route : routes) {
            Optional<String> directory = route.directoryFor(kind);
            if (directory.isPresent()) {
                return route.destination() + ":" + directory.get();
            }
        }
        return "none";
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', data-centre:",
        "F, kassen/1, data-centre:kassen/1",
        "L, /media/usb0, none",
    })
    void theDataCentresDirectoryIsKnownWithoutPlusToo(String kind, String path, String place) throws Exception {
        configuration.stored().putAll(Map.of("kind", kind, "path", path));

        assertThat(new DataCentrePlace(new LocalBackupSettings(configuration.admin()))
                        .place()
                        .map(known -> known.destination() + ":" + known.directory())
                        .orElse("none"))
                .isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource({
        // +Backup, 01.1, 01.2, what a person sends, what the schedule made
        "yes, '', '', data-centre:, data-centre:",
        "yes, '', kassen/1, data-centre:kassen/1, data-centre:kassen/1",
        "yes, F, kassen/1, data-centre:kassen/1, data-centre:kassen/1",
        "yes, ' f ', kassen/1, data-centre:kassen/1, data-centre:kassen/1",
        "yes, L, /media/usb0, medium:/media/usb0, data-centre:",
        "yes, X, /media/usb0, medium:/media/usb0, data-centre:",
        "yes, L, '', medium:, data-centre:",
        "no, L, /media/usb0, medium:/media/usb0, none",
        "no, X, /media/usb0, medium:/media/usb0, none",
        "no, L, '', medium:, none",
        "no, '', '', none, none",
        "no, '', /media/usb0, none, none",
        "no, F, /media/usb0, none, none",
        "no, ' f ', /media/usb0, none, none",
    })
    void eachRowOfTheTableGoesItsWay(String plus, String kind, String path, String manual, String automatic)
            throws Exception {
        configuration.stored().putAll(Map.of("kind", kind, "path", path));

        assertThat(way(plus.equals("yes"), BackupKind.MANUAL)).isEqualTo(manual);
        assertThat(way(plus.equals("yes"), BackupKind.AUTOMATIC)).isEqualTo(automatic);
        assertThat(way(plus.equals("yes"), BackupKind.SAFETY)).isEqualTo("none");
    }

    @Test
    void anotherDestinationCanStandForTheDataCentre() throws Exception {
        configuration.stored().put("dataCentre", "centre-2");

        assertThat(way(true, BackupKind.AUTOMATIC)).isEqualTo("centre-2:");
    }

    @Test
    void aChangeOfTheSettingsIsSeenAtOnce() throws Exception {
        LocalBackupSettings settings = new LocalBackupSettings(configuration.admin());
        LocalRoute route = new LocalRoute(settings);
        assertThat(route.directoryFor(BackupKind.MANUAL)).isEmpty();

        settings.change(Map.of("01.1", "L", "01.2", "/media/usb0"));

        assertThat(route.directoryFor(BackupKind.MANUAL)).contains("/media/usb0");
    }
}
