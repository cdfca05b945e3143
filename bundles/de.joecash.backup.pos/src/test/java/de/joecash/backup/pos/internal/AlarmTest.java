package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.Notifications.From;
import de.joecash.backup.Safety;
import de.joecash.backup.pos.internal.Alarm.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        lasts(Safety.NO_BACKUP);
        assertThat(told(Safety.NO_BACKUP)).isEmpty();
        pass(Alarm.REPEATED.minusSeconds(1));
        assertThat(told(Safety.NO_BACKUP)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(told(Safety.NO_BACKUP)).contains(News.WRONG);
        assertThat(told(Safety.SAFE)).contains(News.OVER);
        assertThat(told(Safety.SAFE)).isEmpty();
    }

    @Test
    void whatBecomesWorseIsToldAtOnceAndAnythingElseOnceItLasts() {
        lasts(Safety.COPY_OVERDUE);
        assertThat(told(Safety.BOTH_OVERDUE)).contains(News.WRONG);
        for (Safety other : List.of(Safety.DAMAGED, Safety.LOSS, Safety.COPY_OVERDUE)) {
            assertThat(told(other)).isEmpty();
            pass(PATIENCE.minusSeconds(1));
            assertThat(told(other)).isEmpty();
            pass(Duration.ofSeconds(1));
            assertThat(told(other)).as(other.name()).contains(News.WRONG);
            assertThat(told(other)).isEmpty();
        }
        assertThat(told(Safety.BOTH_OVERDUE)).as("worse once more").contains(News.WRONG);
    }

    @Test
    void whatCouldNotBeDeliveredIsSaidAgain() {
        looked(Safety.NO_BACKUP);
        pass(PATIENCE);
        assertThat(looked(Safety.NO_BACKUP)).contains(News.WRONG);
        assertThat(looked(Safety.NO_BACKUP)).contains(News.WRONG);
    }

    @Test
    void whatIsLessThanPeopleWantToBeToldOfIsNotSaidToBeOver() {
        from = From.DANGER;
        lasts(Safety.BOTH_OVERDUE);

        assertThat(told(Safety.COPY_OVERDUE)).contains(News.LESS);
        assertThat(told(Safety.COPY_OVERDUE)).isEmpty();
        assertThat(told(Safety.SAFE)).isEmpty();
    }

    @Test
    void whoWantsToBeToldOfNothingAnyMoreIsNotToldThatItIsOver() {
        lasts(Safety.NO_BACKUP);
        from = From.NEVER;

        assertThat(told(Safety.NO_BACKUP)).contains(News.LESS);
    }

    @Test
    void aClockThatIsPutBackPutsNothingOff() {
        looked(Safety.NO_BACKUP);
        pass(Duration.ofDays(-400));
        assertThat(looked(Safety.NO_BACKUP)).isEmpty();
        pass(PATIENCE);
        assertThat(told(Safety.NO_BACKUP)).contains(News.WRONG);
        pass(Duration.ofDays(-400));
        assertThat(told(Safety.NO_BACKUP)).isEmpty();
        pass(Alarm.REPEATED);
        assertThat(told(Safety.NO_BACKUP)).contains(News.WRONG);
    }

    @ParameterizedTest
    @EnumSource(Safety.class)
    void peopleAreToldOfWhatTheyWantToBeToldOf(Safety safety) {
        for (From each : From.values()) {
            boolean wanted =
                    switch (each) {
                        case NEVER -> false;
                        case DANGER -> safety.level() == Safety.Level.DANGER;
                        case OVERDUE -> safety != Safety.SAFE;
                    };
            Alarm anew = new Alarm();
            anew.look(safety, new Alarm.Rule(each, PATIENCE), now);
            assertThat(anew.look(safety, new Alarm.Rule(each, PATIENCE), now.plus(PATIENCE)))
                    .as(each.name())
                    .isEqualTo(wanted ? Optional.of(News.WRONG) : Optional.empty());
        }
    }

    private void lasts(Safety safety) {
        assertThat(looked(safety)).isEmpty();
        pass(PATIENCE);
        assertThat(told(safety)).contains(News.WRONG);
    }

    private Optional<News> looked(Safety safety) {
        return alarm.look(safety, new Alarm.Rule(from, PATIENCE), now);
    }

    private Optional<News> told(Safety safety) {
        Optional<News> news = looked(safety);
        news.ifPresent(said -> alarm.told(said, safety, now));
        return news;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
