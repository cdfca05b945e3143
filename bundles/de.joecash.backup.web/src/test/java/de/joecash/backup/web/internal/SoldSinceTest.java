package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.HostSales;
import de.joecash.backup.Sales;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SoldSinceTest {
    private static final Instant SEVEN = Instant.parse("2026-11-22T06:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(SEVEN);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final AtomicInteger asked = new AtomicInteger();
    private final HostSales host =
            from -> Optional.of(new Sales(asked.incrementAndGet(), BigDecimal.TEN, Currency.getInstance("EUR")));
    private final SoldSince sold = new SoldSince(() -> Optional.of(host), clock);

    @Test
    void asksTheHostOnceInFiveSecondsHoweverManyLookOn() {
        for (int i = 0; i < 50; i++) {
            assertThat(sold.lately(SEVEN).orElseThrow().receipts()).isEqualTo(1);
        }
        now.set(SEVEN.plusSeconds(5));
        assertThat(sold.lately(SEVEN).orElseThrow().receipts()).isEqualTo(2);
    }

    @Test
    void asksAtOnceWhereThereIsANewerBackup() {
        sold.lately(SEVEN);

        assertThat(sold.lately(SEVEN.plusSeconds(1)).orElseThrow().receipts()).isEqualTo(2);
    }

    @Test
    void onlyOneWaitsForAHostThatIsSlow() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        HostSales slow = from -> {
            if (asked.incrementAndGet() > 1) {
                reached.countDown();
                await(answer);
            }
            return host.since(from);
        };
        SoldSince waiting = new SoldSince(() -> Optional.of(slow), clock);
        Optional<Sales> first = waiting.lately(SEVEN);
        now.set(SEVEN.plusSeconds(9));
        CompletableFuture<Optional<Sales>> stuck = CompletableFuture.supplyAsync(() -> waiting.lately(SEVEN));
        reached.await();

        assertThat(waiting.lately(SEVEN)).isEqualTo(first).isPresent();

        answer.countDown();
        assertThat(stuck.get()).isPresent().isNotEqualTo(first);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsNothingWhereTheHostTellsNothing() {
        assertThat(new SoldSince(Optional::empty, clock).lately(SEVEN)).isEmpty();
    }
}
