package de.joecash.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void endsWhatBlocksOnceAndKeepsTheFirstReason() {
        cancellation.onCancel(ended::incrementAndGet);

        cancellation.cancel(new Problem.Stopping());
        cancellation.cancel(new Problem.Cancelled());

        assertThat(ended).hasValue(1);
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(cancellation::check)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(new Problem.Stopping()));
    }

    @Test
    void endsAtOnceWhatBeginsToBlockTooLate() {
        cancellation.cancel(new Problem.Cancelled());

        cancellation.onCancel(ended::incrementAndGet);

        assertThat(ended).hasValue(1);
    }

    @Test
    void leavesAloneWhatWasTakenBack() {
        cancellation.onCancel(ended::incrementAndGet).close();

        cancellation.cancel(new Problem.Cancelled());

        assertThat(ended).hasValue(0);
    }
}
