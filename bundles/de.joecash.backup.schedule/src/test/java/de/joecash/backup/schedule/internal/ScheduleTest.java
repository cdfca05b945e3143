package de.joecash.backup.schedule.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.FakeBackupService;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScheduleTest {
    private final FakeBackupService core = new FakeBackupService();
    private final AtomicReference<Thread> ticker = new AtomicReference<>();

    /** Runs something at each look at the clock. */
    private final class WatchedClock extends Clock {
        private final Runnable atLook;

        WatchedClock(Runnable atLook) {
            this.atLook = atLook;
        }

        @Override
        public Instant instant() {
            ticker.set(Thread.currentThread());
            atLook.run();
            return Instant.parse("2026-11-22T12:00:00Z");
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private Schedule schedule(Runnable atLook) throws Exception {
        Timetable timetable = Timetable.of(new String[] {"07:00"}, "Europe/Berlin");
        return new Schedule(timetable, core, new WatchedClock(atLook), 0, 1);
    }

    @Test
    void itTicksOnOneDaemonThreadAndLeavesNone() throws Exception {
        CountDownLatch looks = new CountDownLatch(1);
        Schedule schedule = schedule(looks::countDown);
        assertThat(looks.await(10, SECONDS)).isTrue();
        Thread thread = ticker.get();
        assertThat(thread.getName()).isEqualTo("joecash-backup-schedule");
        assertThat(thread.isDaemon()).isTrue();

        schedule.stop();

        thread.join(1_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void anExceptionDoesNotEndIt() throws Exception {
        // The tick that throws, the note of its failure, the tick after it.
        CountDownLatch looks = new CountDownLatch(3);
        AtomicBoolean thrown = new AtomicBoolean();
        Schedule schedule = schedule(() -> {
            looks.countDown();
            if (thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("the clock's first look");
            }
        });

        assertThat(looks.await(10, SECONDS)).isTrue();
        schedule.stop();
    }

    @Test
    void stoppingWaitsForATickAndDoesNotInterruptIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Schedule schedule = schedule(() -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        assertThat(inside.await(10, SECONDS)).isTrue();

        Thread stopper = new Thread(schedule::stop);
        stopper.start();
        while (stopper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        stopper.join(10_000);

        assertThat(stopper.isAlive()).isFalse();
        ticker.get().join(1_000);
        assertThat(ticker.get().isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }
}
