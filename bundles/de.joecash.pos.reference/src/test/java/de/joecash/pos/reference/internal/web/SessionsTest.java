package de.joecash.pos.reference.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Moving clock = new Moving();
    private final Sessions sessions = new Sessions(clock);

    @Test
    void opensOnlyForTheDemoUsers() {
        assertThat(sessions.open("chef", "demo")).isPresent();
        assertThat(sessions.open("kasse", "demo")).isPresent();
        assertThat(sessions.open("chef", "Demo")).isEmpty();
        assertThat(sessions.open("boss", "demo")).isEmpty();
        assertThat(sessions.open("", "")).isEmpty();
        assertThat(sessions.open("chef\ndemo", "")).isEmpty();
    }

    @Test
    void givesEachSessionATokenOfItsOwnThatEndsWithIt() {
        String one = sessions.open("chef", "demo").orElseThrow();
        String other = sessions.open("chef", "demo").orElseThrow();
        assertThat(one).isNotEqualTo(other);
        sessions.close(one);
        assertThat(sessions.isOpen(one)).isFalse();
        assertThat(sessions.isOpen(other)).isTrue();
        assertThat(sessions.isOpen("")).isFalse();
    }

    @Test
    void knowsWhoASessionIsOfUntilItEnds() {
        String token = sessions.open("leitung", "demo").orElseThrow();
        assertThat(sessions.open("chef", "demo")).isPresent();
        assertThat(sessions.user(token)).contains(new User("leitung", Role.MANAGER));
        assertThat(sessions.user("")).isEmpty();
        sessions.close(token);
        assertThat(sessions.user(token)).isEmpty();
    }

    @Test
    void endsASessionThatNobodyUses() {
        String token = sessions.open("chef", "demo").orElseThrow();
        clock.advance(Duration.ofHours(11));
        assertThat(sessions.isOpen(token)).isTrue();
        clock.advance(Duration.ofHours(11));
        assertThat(sessions.isOpen(token)).isTrue();
        clock.advance(Duration.ofHours(13));
        assertThat(sessions.isOpen(token)).isFalse();
    }

    @Test
    void refusesLoginsForAMomentAfterFiveWrongOnes() {
        for (int i = 0; i < 5; i++) {
            assertThat(sessions.locked()).isFalse();
            assertThat(sessions.open("chef", "wrong")).isEmpty();
        }
        assertThat(sessions.locked()).isTrue();
        assertThat(sessions.open("chef", "demo")).isEmpty();
        clock.advance(Duration.ofSeconds(21));
        assertThat(sessions.locked()).isFalse();
        assertThat(sessions.open("chef", "demo")).isPresent();
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
