package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Notifications.From;
import de.joecash.backup.Safety;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Alarm alarm = new Alarm();
    private Instant now = Instant.parse("2026-11-22T06:00:00Z");
    private From from = From.OVERDUE;

    @Test
    void nobodyIsToldOfWhatIsMendedWithinItsPatience() {
        assertThat(looked(Safety.NO_BACKUP)).isEmpty();
        pass(PATIENCE.minusSeconds(1));
        assertThat(looked(Safety.NO_BACKUP)).isEmpty();
        assertThat(looked(Safety.SAFE)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(looked(Safety.NO_BACKUP))
                .as("it counts from its new beginning")
                .isEmpty();
    }

    @Test
    void whatLastsIsToldOnceADayAndItsEndOnce() {
        assertThat(looked(Safety.NO_BACKUP)).isEmpty();
        pass(PATIENCE);
        assertThat(told(Safety.NO_BACKUP)).contains(Safety.NO_BACKUP);
        assertThat(told(Safety.NO_BACKUP)).isEmpty();
        pass(Alarm.REPEATED.minusSeconds(1));
        assertThat(told(Safety.DAMAGED)).as("no worse").isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(told(Safety.DAMAGED)).contains(Safety.DAMAGED);
        assertThat(told(Safety.SAFE)).contains(Safety.SAFE);
        assertThat(told(Safety.SAFE)).isEmpty();
    }

    @Test
    void whatBecomesWorseIsToldAtOnceAndWhatBecomesBetterIsNot() {
        looked(Safety.COPY_OVERDUE);
        pass(PATIENCE);
        assertThat(told(Safety.COPY_OVERDUE)).contains(Safety.COPY_OVERDUE);
        assertThat(told(Safety.BOTH_OVERDUE)).contains(Safety.BOTH_OVERDUE);
        assertThat(told(Safety.COPY_OVERDUE)).isEmpty();
    }

    @Test
    void whatCouldNotBeDeliveredIsSaidAgain() {
        looked(Safety.NO_BACKUP);
        pass(PATIENCE);
        assertThat(looked(Safety.NO_BACKUP)).contains(Safety.NO_BACKUP);
        assertThat(looked(Safety.NO_BACKUP)).contains(Safety.NO_BACKUP);
    }

    @ParameterizedTest
    @EnumSource(Safety.class)
    void peopleAreToldOfWhatTheyWantToBeToldOf(Safety safety) {
        for (From each : From.values()) {
            from = each;
            boolean wanted =
                    switch (each) {
                        case NEVER -> false;
                        case DANGER -> safety.level() == Safety.Level.DANGER;
                        case OVERDUE -> safety != Safety.SAFE;
                    };
            Alarm anew = new Alarm();
            anew.look(safety, new Alarm.Rule(each, PATIENCE), now);
            assertThat(anew.look(safety, new Alarm.Rule(each, PATIENCE), now.plus(PATIENCE))
                            .isPresent())
                    .as(each.name())
                    .isEqualTo(wanted);
        }
    }

    @Test
    void whoWantsToBeToldOfLessThanBeforeIsToldThatItIsOver() {
        looked(Safety.COPY_OVERDUE);
        pass(PATIENCE);
        told(Safety.COPY_OVERDUE);
        from = From.DANGER;

        assertThat(told(Safety.COPY_OVERDUE)).contains(Safety.SAFE);
    }

    private Optional<Safety> looked(Safety safety) {
        return alarm.look(safety, new Alarm.Rule(from, PATIENCE), now);
    }

    private Optional<Safety> told(Safety safety) {
        Optional<Safety> news = looked(safety);
        news.ifPresent(said -> alarm.told(said, now));
        return news;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
