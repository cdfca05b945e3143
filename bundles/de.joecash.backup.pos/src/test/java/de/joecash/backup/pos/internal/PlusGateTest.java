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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PlusGateTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private record Granted(String feature, String holder, Optional<Instant> validUntil) implements Entitlement {}

    private final MutableClock clock = new MutableClock(NOW);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();
    private final PlusGate gate = new PlusGate(this::open, clock);

    private Runnable open() {
        open.incrementAndGet();
        openings.incrementAndGet();
        return open::decrementAndGet;
    }

    private static Entitlement plus() {
        return new Granted("+Backup", "Salon Sonnenschein", Optional.empty());
    }

    private static Entitlement plusUntil(Instant end) {
        return new Granted("+Backup", "Salon Sonnenschein", Optional.of(end));
    }

    @Test
    void itIsOpenWhileAtLeastOneGrantIsThere() {
        Entitlement ended = plusUntil(NOW.plusSeconds(60));
        assertThat(open).hasValue(0);
        gate.add(plus());
        assertThat(open).hasValue(1);
        gate.add(ended);
        gate.remove(plus());
        assertThat(open).hasValue(1);
        gate.remove(ended);
        assertThat(open).hasValue(0);
        assertThat(openings).hasValue(1);
    }

    @Test
    void anotherFeatureDoesNotOpenIt() {
        gate.add(new Granted("+Kundenkarte", "Salon Sonnenschein", Optional.empty()));
        gate.add(new Granted("+backup", "Salon Sonnenschein", Optional.empty()));

        assertThat(open).hasValue(0);
    }

    @Test
    void twoEqualGrantsAreTwo() {
        gate.add(plus());
        gate.add(plus());
        gate.remove(plus());
        assertThat(open).hasValue(1);

        gate.remove(plus());
        assertThat(open).hasValue(0);
    }

    @Test
    void aGrantLapsesAtItsEndAndNotBefore() {
        gate.add(plusUntil(NOW.plusSeconds(12)));
        assertThat(gate.look()).isEqualTo(Duration.ofSeconds(12));

        clock.set(NOW.plusSeconds(12).minusNanos(1));
        assertThat(gate.look()).isEqualTo(Duration.ofNanos(1));
        assertThat(open).hasValue(1);

        clock.set(NOW.plusSeconds(12));
        assertThat(gate.look()).isEqualTo(PlusGate.LONGEST);
        assertThat(open).hasValue(0);
    }

    @Test
    void aGrantThatHasEndedDoesNotOpenIt() {
        gate.add(plusUntil(NOW));

        assertThat(openings).hasValue(0);
    }

    @Test
    void theClockIsLookedAtEvery30SecondsAtTheLeast() {
        assertThat(gate.look()).isEqualTo(Duration.ofSeconds(30));
        gate.add(plusUntil(NOW.plus(Duration.ofDays(365))));
        assertThat(gate.look()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aClockPutRightOpensItAgain() {
        gate.add(plusUntil(NOW.plusSeconds(3600)));
        clock.set(NOW.plusSeconds(7200));
        gate.look();
        assertThat(open).hasValue(0);

        clock.set(NOW);
        gate.look();
        assertThat(open).hasValue(1);
    }

    @Test
    void aGrantThatCannotBeAskedIsNone() {
        Entitlement broken = new Entitlement() {
            @Override
            public String feature() {
                return "+Backup";
            }

            @Override
            public String holder() {
                return "nobody";
            }

            @Override
            public Optional<Instant> validUntil() {
                throw new IllegalStateException("the licence manager is gone");
            }
        };
        gate.add(broken);
        assertThat(gate.look()).isEqualTo(PlusGate.LONGEST);
        assertThat(open).hasValue(0);

        gate.add(plus());
        assertThat(open).hasValue(1);
    }

    @Test
    void shutForGoodNothingOpensIt() {
        gate.add(plus());
        gate.shut();
        assertThat(open).hasValue(0);

        gate.add(plus());
        assertThat(open).hasValue(0);
    }

    @Test
    void aWithdrawalInTheMiddleOfOpeningIsNotLost() {
        AtomicInteger state = new AtomicInteger();
        PlusGate[] self = new PlusGate[1];
        self[0] = new PlusGate(
                () -> {
                    state.incrementAndGet();
                    self[0].remove(plus());
                    return state::decrementAndGet;
                },
                clock);

        self[0].add(plus());

        assertThat(state).hasValue(0);
    }

    @Test
    void aThreadThatComesMeanwhileDoesNotWait() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PlusGate slow = new PlusGate(
                () -> {
                    open.incrementAndGet();
                    opening.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return open::decrementAndGet;
                },
                clock);
        Thread host = new Thread(() -> slow.add(plus()));
        host.start();
        Await.open("an opening under way", opening);

        slow.remove(plus());

        goOn.countDown();
        host.join(Await.PATIENCE.toMillis());
        assertThat(host.isAlive()).isFalse();
        assertThat(open).hasValue(0);
    }

    @Test
    void quickFlappingFromManyThreadsEndsInTheRightState() throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch start = new CountDownLatch(1);
            Thread[] flappers = new Thread[4];
            for (int i = 0; i < flappers.length; i++) {
                boolean stays = i == 0 && round % 2 == 0;
                Entitlement mine = new Granted("+Backup", "holder " + i, Optional.empty());
                flappers[i] = new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int turn = 0; turn < 100; turn++) {
                        gate.add(mine);
                        gate.remove(mine);
                    }
                    if (stays) {
                        gate.add(mine);
                    }
                });
                flappers[i].start();
            }
            start.countDown();
            for (Thread flapper : flappers) {
                flapper.join();
            }
            assertThat(open).hasValue(round % 2 == 0 ? 1 : 0);
            gate.remove(new Granted("+Backup", "holder 0", Optional.empty()));
            assertThat(open).hasValue(0);
        }
    }
}
