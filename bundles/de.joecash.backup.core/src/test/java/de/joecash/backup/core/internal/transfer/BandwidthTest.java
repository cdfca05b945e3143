package de.joecash.backup.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import de.joecash.backup.core.internal.pace.Waiting;
import de.joecash.backup.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int MEGABYTE = 1_000_000;
    private static final int CHUNK = 1 << 15;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-28T11:00:00Z"));
    private final VirtualTime time = new VirtualTime();
    private final List<Long> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T20:59:59Z, 1000",
        "2026-11-28T21:00:00Z, 9000",
        "2026-11-29T04:59:59Z, 9000",
        "2026-11-29T05:00:00Z, 1000",
        // On the day that summer time ends, by the shop's clock all the same.
        "2026-10-25T04:59:59Z, 9000",
        "2026-10-25T05:00:00Z, 1000"
    })
    void isAnotherAtNight(Instant now, double expected) {
        Bandwidth bandwidth = new Bandwidth(1000, 9000, LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN);

        assertThat(bandwidth.at(now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"00:00, 00:00, 1000", "01:00, 05:00, 1000", "11:00, 13:00, 9000", "12:00, 12:00, 1000"})
    void knowsNightsWithinADayAndNone(LocalTime begins, LocalTime ends, double atNoon) {
        assertThat(new Bandwidth(1000, 9000, begins, ends, BERLIN).at(clock.instant()))
                .isEqualTo(atNoon);
    }

    @Test
    void isOneByteASecondOrMore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bandwidth(0, 1, LocalTime.NOON, LocalTime.NOON, BERLIN));
    }

    @Test
    void isKeptToWithinATenth() {
        LimitedLine line = line(MEGABYTE);

        for (long sent = CHUNK; sent <= 20L * MEGABYTE; sent += CHUNK) {
            line.accept(sent);
        }

        assertThat(time.seconds()).isCloseTo(20, within(2.0));
        assertThat(told).isSorted().hasSize(20 * MEGABYTE / CHUNK);
    }

    @Test
    void doesNotWaitForWhatAnEarlierAttemptSent() {
        line(MEGABYTE).accept(120L * MEGABYTE);

        assertThat(time.seconds()).isZero();
    }

    @Test
    void makesUpForNoMoreThanAMomentAfterASlowLine() {
        LimitedLine line = line(MEGABYTE);
        line.accept(CHUNK);
        time.nanos += Duration.ofMinutes(1).toNanos();
        double before = time.seconds();

        for (long sent = 2 * CHUNK; sent <= 10L * MEGABYTE; sent += CHUNK) {
            line.accept(sent);
        }

        assertThat(time.seconds() - before).isGreaterThan(9.5);
    }

    @Test
    void holdsNothingUpWhereThereIsNoLimit() {
        LimitedLine line = new LimitedLine(Bandwidth.unlimited(), clock, time, told::add);
        line.accept(1);
        line.accept(1_000_000_000_000L);

        assertThat(time.seconds()).isZero();
    }

    @Test
    void waitsNoLongerOnceTheTransferIsToStop() {
        LimitedLine line = line(1000);
        time.stopped = true;
        line.accept(1);
        line.accept(100L * MEGABYTE);

        assertThat(time.seconds()).isZero();
    }

    private LimitedLine line(double limit) {
        Bandwidth bandwidth = new Bandwidth(limit, limit, LocalTime.NOON, LocalTime.NOON, BERLIN);
        return new LimitedLine(bandwidth, clock, time, told::add);
    }

    private static final class VirtualTime implements Waiting {
        private long nanos = 1;
        private boolean stopped;

        double seconds() {
            return (nanos - 1) / 1e9;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void await(long wait) throws IOException {
            if (stopped) {
                throw new IOException("stopped");
            }
            nanos += wait;
        }
    }
}
