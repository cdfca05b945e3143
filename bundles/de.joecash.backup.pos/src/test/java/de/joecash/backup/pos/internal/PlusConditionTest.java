package de.joecash.backup.pos.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.MutableClock;
import de.joecash.pos.entitlement.Entitlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PlusConditionTest {
    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    private final AtomicInteger registered = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch twice = new CountDownLatch(2);
    private final AtomicReference<Thread> unregisteredBy = new AtomicReference<>();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final PlusCondition condition = new PlusCondition(this::register, clock);

    private Runnable register() {
        registered.incrementAndGet();
        twice.countDown();
        return () -> {
            registered.decrementAndGet();
            unregisteredBy.set(Thread.currentThread());
            gone.countDown();
        };
    }

    private static Entitlement plus(Optional<Instant> end) {
        return new Granted("+Backup", "Salon Sonnenschein", end);
    }

    @Test
    void aGrantAndItsWithdrawalAreAnsweredOnTheHostsThread() {
        condition.addEntitlement(plus(Optional.empty()));
        assertThat(registered).hasValue(1);

        condition.removeEntitlement(plus(Optional.empty()));
        assertThat(registered).hasValue(0);
        assertThat(unregisteredBy).hasValue(Thread.currentThread());
        condition.stop();
    }

    @Test
    void aGrantEndsWithoutAnybodysDoing() throws Exception {
        Instant end = clock.instant().plusMillis(300);
        condition.addEntitlement(plus(Optional.of(end)));
        assertThat(registered).hasValue(1);

        clock.set(end);
        Await.open("the end of the condition", gone);
        assertThat(unregisteredBy.get()).isNotEqualTo(Thread.currentThread());
        condition.stop();
    }

    @Test
    void stoppingTakesTheConditionAndTheThreadAway() throws Exception {
        condition.addEntitlement(plus(Optional.of(clock.instant().plusMillis(100))));
        clock.advance(Duration.ofMillis(100));
        Await.open("the end of the condition", gone);
        Thread timer = unregisteredBy.get();
        assertThat(timer.getName()).isEqualTo("joecash-backup-entitlement");
        assertThat(timer.isDaemon()).isTrue();
        condition.addEntitlement(plus(Optional.empty()));
        Await.open("the second grant", twice);

        condition.stop();

        assertThat(registered).hasValue(0);
        timer.join(Await.PATIENCE.toMillis());
        assertThat(timer.isAlive()).isFalse();
        condition.addEntitlement(plus(Optional.empty()));
        assertThat(registered).hasValue(0);
    }
}
