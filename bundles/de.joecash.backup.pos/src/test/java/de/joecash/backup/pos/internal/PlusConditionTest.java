package de.joecash.backup.pos.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.pos.entitlement.Entitlement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlusConditionTest {
    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    private final AtomicInteger registered = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch twice = new CountDownLatch(2);
    private final AtomicReference<Thread> unregisteredBy = new AtomicReference<>();
    private final PlusCondition condition = new PlusCondition(this::register, Clock.systemUTC());

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
        Instant end = Instant.now().plusMillis(300);
        condition.addEntitlement(plus(Optional.of(end)));

        assertThat(gone.await(10, SECONDS)).isTrue();
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        condition.stop();
    }

    @Test
    void stoppingTakesTheConditionAndTheThreadAway() throws Exception {
        condition.addEntitlement(plus(Optional.of(Instant.now().plusMillis(100))));
        assertThat(gone.await(10, SECONDS)).isTrue();
        Thread timer = unregisteredBy.get();
        assertThat(timer.getName()).isEqualTo("joecash-backup-entitlement");
        assertThat(timer.isDaemon()).isTrue();
        condition.addEntitlement(plus(Optional.empty()));
        assertThat(twice.await(10, SECONDS)).isTrue();

        condition.stop();

        assertThat(registered).hasValue(0);
        timer.join(1_000);
        assertThat(timer.isAlive()).isFalse();
        condition.addEntitlement(plus(Optional.empty()));
        assertThat(registered).hasValue(0);
    }
}
