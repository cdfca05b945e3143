package de.joecash.backup.core.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.joecash.backup.spi.HostActivity.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
    private static final double FLOOR = 10.0 * Machine.MEGABYTE;
    private static final PaceSettings DEFAULT = new PaceSettings(true, FLOOR, PaceSettings.UNLIMITED);

    private final Machine machine = new Machine();

    private OutputStream output(PaceSettings settings) {
        return new ThrottledOutput(machine.archive(), machine.throttle(settings));
    }

    @Test
    void takesWhatTheDatabaseGivesWhileTheTillIsClosed() throws IOException {
        machine.state = State.CLOSED;
        machine.other = 0.9;

        assertThat(machine.dump(output(DEFAULT), 5)).isCloseTo(150, within(0.1));
        assertThat(machine.longestWait).isZero();
    }

    @Test
    void takesWhatTheDatabaseGivesWhereItIsNotToYield() throws IOException {
        machine.state = State.SELLING;

        assertThat(machine.dump(output(PaceSettings.full()), 5)).isCloseTo(150, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.02, 30", "0.2, 0.02, 20", "0, 0.01, 60", "0.3, 0.005, 60"})
    void leavesTheSameShareOfTheMachineWhateverAByteCostsAndWhateverElseRuns(
            double other, double perMegabyte, double rate) throws IOException {
        machine.other = other;
        machine.perMegabyte = perMegabyte;
        OutputStream out = output(DEFAULT);
        machine.dump(out, 2);

        assertThat(machine.dump(out, 5)).isCloseTo(rate, within(0.1 * rate));
    }

    @Test
    void isNotSlowedDownWhereItCostsNextToNothing() throws IOException {
        machine.perMegabyte = 0.001;
        OutputStream out = output(DEFAULT);
        machine.dump(out, 2);

        assertThat(machine.dump(out, 5)).isCloseTo(150, within(1.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1})
    void keepsToTheFloorOnALoadedMachineSoThatItEnds(double other) throws IOException {
        machine.other = other;
        OutputStream out = output(DEFAULT);
        machine.dump(out, 2);

        assertThat(machine.dump(out, 5)).isCloseTo(10, within(0.2));
    }

    @Test
    void followsTheLoadWithinASecond() throws IOException {
        machine.perMegabyte = 0.001;
        OutputStream out = output(DEFAULT);
        machine.dump(out, 5);

        machine.other = 0.9;
        machine.dump(out, 1);
        assertThat(machine.dump(out, 1)).isCloseTo(10, within(0.5));

        machine.other = 0;
        machine.dump(out, 1.5);
        assertThat(machine.dump(out, 1)).isCloseTo(150, within(5.0));
    }

    @Test
    void keepsToTheFloorWhileASaleIsUnderWayAndGoesOnAsBeforeAfterIt() throws IOException {
        OutputStream out = output(DEFAULT);
        machine.dump(out, 3);

        machine.state = State.SELLING;
        assertThat(machine.dump(out, 0.05)).isLessThan(13);
        machine.state = State.OPEN;

        assertThat(machine.dump(out, 0.3)).isCloseTo(30, within(5.0));
    }

    /** While a backup is at the floor, a machine that it would fill looks free. */
    @Test
    void goesOnAsBeforeAfterALongSaleToo() throws IOException {
        OutputStream out = output(DEFAULT);
        machine.dump(out, 3);

        machine.state = State.SELLING;
        assertThat(machine.dump(out, 10)).isCloseTo(10, within(0.2));
        machine.state = State.OPEN;

        assertThat(machine.dump(out, 0.3)).isCloseTo(30, within(5.0));
    }

    @Test
    void findsItsRateAlsoWhereSalesComeOneAfterTheOther() throws IOException {
        OutputStream out = output(DEFAULT);
        double slowest = Double.POSITIVE_INFINITY;
        for (int sale = 0; sale < 100; sale++) {
            machine.state = State.SELLING;
            machine.dump(out, 0.02);
            machine.state = State.OPEN;
            double open = machine.dump(out, 0.1);
            slowest = sale < 30 ? slowest : Math.min(slowest, open);
        }

        assertThat(slowest).isGreaterThan(25);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED", "OPEN", "SELLING"})
    void isNeverFasterThanItsCeiling(State state) throws IOException {
        machine.state = state;

        assertThat(machine.dump(output(new PaceSettings(true, FLOOR, 5.0 * Machine.MEGABYTE)), 5))
                .isCloseTo(5, within(0.1));
    }

    @Test
    void keepsAModestPaceWhereTheLoadIsNotKnown() throws IOException {
        Throttle throttle = new Throttle(DEFAULT, () -> State.OPEN, () -> Double.NaN, machine);

        assertThat(machine.dump(new ThrottledOutput(machine.archive(), throttle), 5))
                .isCloseTo(20, within(0.5));
    }

    @Test
    void comesInSmallPieces() throws IOException {
        OutputStream out = output(DEFAULT);

        out.write(new byte[50 * Machine.MEGABYTE]);

        assertThat(Duration.ofNanos(machine.longestWait)).isLessThan(Duration.ofMillis(3));
    }

    @Test
    void makesUpForNothingAfterTheDatabaseWasSilent() throws IOException {
        OutputStream out = output(new PaceSettings(true, FLOOR, FLOOR));
        machine.dump(out, 1);

        machine.await(Duration.ofSeconds(5).toNanos());

        assertThat(machine.dump(out, 0.1)).isLessThan(10.6);
    }

    @Test
    void endsWithTheRunInMidWait() {
        machine.stopped = Duration.ofSeconds(2).toNanos();
        OutputStream out = output(DEFAULT);

        assertThatThrownBy(() -> machine.dump(out, 5)).hasMessage("stopped");
    }

    @Test
    void handsOnEveryByteInOrder() throws IOException {
        byte[] written = new byte[100_000];
        new Random(4711).nextBytes(written);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        OutputStream out = new ThrottledOutput(kept, machine.throttle(DEFAULT));

        out.write(written[0]);
        out.write(written, 1, 70_000);
        out.write(written, 70_001, 0);
        out.write(written, 70_001, written.length - 70_001);

        assertThat(kept.toByteArray()).isEqualTo(written);
    }
}
