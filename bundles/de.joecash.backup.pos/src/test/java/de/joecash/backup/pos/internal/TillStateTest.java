package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.spi.HostActivity;
import de.joecash.pos.activity.TillActivity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TillStateTest {
    @ParameterizedTest
    @CsvSource({"false, false, CLOSED", "true, false, OPEN", "true, true, SELLING", "false, true, SELLING"})
    void saysWhatTheTillDoes(boolean open, boolean saleUnderWay, HostActivity.State state) {
        TillActivity till = new TillActivity() {
            @Override
            public boolean open() {
                return open;
            }

            @Override
            public boolean saleUnderWay() {
                return saleUnderWay;
            }
        };

        assertThat(new TillState(till).state()).isEqualTo(state);
    }
}
