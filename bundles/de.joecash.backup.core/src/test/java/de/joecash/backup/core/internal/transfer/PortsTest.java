package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Place;
import de.joecash.backup.spi.Cancellation;
import de.joecash.backup.spi.Destination;
import de.joecash.backup.spi.DestinationProvider;
import de.joecash.backup.spi.HostActivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final Ports ports = new Ports();

    @Test
    void takesTheHostForOpenWhereNobodySaysWhatItDoes() {
        assertThat(ports.activity()).isEqualTo(HostActivity.State.OPEN);
    }

    @Test
    void tellsTheAddressOfEachPlaceButTheMedium() {
        ports.destinations().add(1, at("data-centre", "sftp://backup.example.com:22"));
        ports.destinations().add(2, at("vendor", ""));
        ports.destinations().add(3, at("medium", "/media/usb0"));
        assertThat(ports.addresses()).containsExactlyInAnyOrder("data-centre  sftp://backup.example.com:22", "vendor");

        ports.knownPlaces().add(1, () -> Optional.of(new Place("data-centre", "till7")));
        assertThat(ports.addresses())
                .containsExactlyInAnyOrder("data-centre:till7  sftp://backup.example.com:22", "vendor");
    }

    private static DestinationProvider at(String id, String address) {
        return new DestinationProvider() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String address() {
                return address;
            }

            @Override
            public Destination connect(String directory, List<Path> offLimits, Cancellation cancellation) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** A bundle that is being updated must not end the backup that asks it. */
    @Test
    void takesTheHostForOpenWhereWhoeverSaysItIsOnItsWayOut() {
        ports.activities().add(1, () -> {
            throw new NoClassDefFoundError("made up");
        });
        assertThat(ports.activity()).isEqualTo(HostActivity.State.OPEN);

        ports.activities().add(2, () -> {
            throw new IllegalStateException("made up");
        });
        assertThat(ports.activity()).isEqualTo(HostActivity.State.OPEN);
    }
}
