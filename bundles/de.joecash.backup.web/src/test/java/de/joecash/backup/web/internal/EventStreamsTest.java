package de.joecash.backup.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.joecash.backup.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {
    private final AtomicBoolean lively = new AtomicBoolean();
    private final AtomicInteger drawn = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final EventStreams streams = new EventStreams(lively::get, this::draw, held());

    /** A thread that never comes to the beats: they are this test's own. */
    private ScheduledExecutorService held() {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
        thread.execute(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return thread;
    }

    private static final class Heard implements Line {
        final List<String> events = new CopyOnWriteArrayList<>();
        final CountDownLatch two = new CountDownLatch(2);
        volatile boolean away;
        volatile boolean ended;

        @Override
        public boolean send(byte[] event) {
            events.add(new String(event, StandardCharsets.UTF_8));
            two.countDown();
            return !away;
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    @AfterEach
    void close() {
        over.countDown();
        streams.close();
    }

    @Test
    void tellsTheStateAtOnceAndAgainByItself() throws Exception {
        lively.set(true);
        try (EventStreams running = new EventStreams(lively::get, this::draw)) {
            Heard line = new Heard();
            running.add(line, reader(Locale.ENGLISH, Role.CASHIER));

            assertThat(line.events).first().isEqualTo("data: {\"en\":\"CASHIER\"}\n\n");
            Await.open("the second event", line.two);
        }
    }

    @Test
    void drawsOnceForAllWhoReadTheSame() {
        List<Heard> lines = Stream.generate(() -> listen(Locale.GERMANY, Role.MANAGER))
                .limit(49)
                .toList();
        Heard english = listen(Locale.UK, Role.MANAGER);
        drawn.set(0);
        lively.set(true);
        streams.beat();

        assertThat(drawn).hasValue(2);
        assertThat(lines).allSatisfy(line -> assertThat(line.events).hasSize(2));
        assertThat(english.events).hasSize(2);
    }

    @Test
    void tellsSeldomWhileNothingIsUnderWayAndOnceMoreWhenItEnded() {
        Heard line = listen(Locale.ENGLISH, Role.CASHIER);
        streams.beat();
        int before = line.events.size();
        for (int i = 0; i < 9; i++) {
            streams.beat();
        }
        assertThat(line.events).hasSize(before);
        streams.beat();
        assertThat(line.events).hasSize(before + 1);
        lively.set(true);
        streams.beat();
        streams.beat();
        lively.set(false);
        streams.beat();
        streams.beat();
        assertThat(line.events).hasSize(before + 4);
    }

    @Test
    void aBrowserThatWentAwayIsToldNothingMore() {
        Heard line = listen(Locale.ENGLISH, Role.CASHIER);
        line.away = true;
        lively.set(true);
        streams.beat();
        int told = line.events.size();
        streams.beat();

        assertThat(line.events).hasSize(told);
    }

    @Test
    void aStateThatCannotBeDrawnEndsTheLines() {
        Heard line = listen(Locale.ENGLISH, Role.CASHIER);
        drawn.set(Integer.MIN_VALUE);
        lively.set(true);
        streams.beat();

        assertThat(line.ended).isTrue();
    }

    @Test
    void hasRoomForSoMany() {
        for (int i = 0; i < EventStreams.MOST; i++) {
            assertThat(streams.hasRoom()).isTrue();
            listen(Locale.ENGLISH, Role.CASHIER);
        }
        assertThat(streams.hasRoom()).isFalse();
    }

    @Test
    void closingEndsEveryLineAndWhoComesLater() {
        Heard line = listen(Locale.ENGLISH, Role.CASHIER);
        over.countDown();
        streams.close();

        assertThat(line.ended).isTrue();
        assertThat(listen(Locale.ENGLISH, Role.CASHIER).ended).isTrue();
    }

    private Heard listen(Locale locale, Role role) {
        Heard line = new Heard();
        streams.add(line, reader(locale, role));
        return line;
    }

    private static Reader reader(Locale locale, Role role) {
        return new Reader(new Texts(locale), role);
    }

    private String draw(Reader reader) {
        if (drawn.incrementAndGet() < 0) {
            throw new IllegalStateException("cannot be drawn");
        }
        return "{\"" + reader.texts().locale().getLanguage() + "\":\"" + reader.role() + "\"}";
    }
}
