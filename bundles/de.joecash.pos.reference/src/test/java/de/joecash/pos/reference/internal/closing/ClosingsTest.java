package de.joecash.pos.reference.internal.closing;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.closing.Closing;
import de.joecash.pos.closing.ClosingParticipant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosingsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    private final Closings closings = new Closings(null, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void tellsEveryParticipantWhyAndUntilWhen() {
        CompletableFuture<Closing> told = new CompletableFuture<>();
        ClosingParticipant failing = closing -> {
            throw new IllegalStateException("broken");
        };
        ClosingParticipant failed = closing -> CompletableFuture.failedFuture(new IllegalStateException("later"));
        ClosingParticipant good = closing -> {
            told.complete(closing);
            return CompletableFuture.completedFuture(null);
        };
        Closings.Told result =
                closings.tell(List.of(failing, failed, good), Closing.Reason.DAY_CLOSED, Duration.ofSeconds(30));
        assertThat(told.join()).isEqualTo(new Closing(Closing.Reason.DAY_CLOSED, NOW.plusSeconds(30)));
        assertThat(result).isEqualTo(new Closings.Told(2, true));
    }

    @Test
    void goesOnWhenTheLimitIsOver() {
        Closings.Told result = closings.tell(
                List.of(closing -> new CompletableFuture<>()), Closing.Reason.SHUTDOWN, Duration.ofMillis(50));
        assertThat(result).isEqualTo(new Closings.Told(1, false));
    }
}
