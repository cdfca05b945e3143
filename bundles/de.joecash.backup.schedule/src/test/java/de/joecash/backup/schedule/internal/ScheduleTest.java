package de.joecash.backup.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import de.joecash.backup.testkit.FakeBackupService;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
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
        return new Schedule(timetable, core, new StoredTimes(null), new WatchedClock(atLook), 0, 1);
    }

    @Test
    void itTellsItsTimes() throws Exception {
        Schedule schedule = schedule(() -> {});

        assertThat(schedule.times()).containsExactly(LocalTime.of(7, 0));
        schedule.stop();
    }

    @Test
    void itTicksOnOneDaemonThreadAndLeavesNone() throws Exception {
        CountDownLatch looks = new CountDownLatch(1);
        Schedule schedule = schedule(looks::countDown);
        Await.open("a look at the clock", looks);
        Thread thread = ticker.get();
        assertThat(thread.getName()).isEqualTo("joecash-backup-schedule");
        assertThat(thread.isDaemon()).isTrue();

        schedule.stop();

        thread.join(Await.PATIENCE.toMillis());
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

        Await.open("a look at the clock", looks);
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
        Await.open("a tick under way", inside);

        Thread stopper = new Thread(schedule::stop);
        stopper.start();
        Await.until("a stop that waits", () -> stopper.getState() == Thread.State.TIMED_WAITING || !stopper.isAlive());
        goOn.countDown();
        stopper.join(Await.PATIENCE.toMillis());

        assertThat(stopper.isAlive()).isFalse();
        ticker.get().join(Await.PATIENCE.toMillis());
        assertThat(ticker.get().isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }
}
