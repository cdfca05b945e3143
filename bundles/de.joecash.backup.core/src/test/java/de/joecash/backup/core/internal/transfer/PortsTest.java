package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.HostActivity;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final Ports ports = new Ports();

    @Test
    void takesTheHostForOpenWhereNobodySaysWhatItDoes() {
        assertThat(ports.activity()).isEqualTo(HostActivity.State.OPEN);
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
