package de.joecash.backup.web.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers the state as it changes, by server-sent events (HTML Living Standard, 9.2). It is drawn once for all
 * who read it in the same language and role: often while something is under way, else now and then. There is a thread
 * while somebody listens. Thread-safe.
 */
final class EventStreams implements AutoCloseable {
    /** More than a shop has; the others ask now and then. */
    static final int MOST = 100;

    private static final Logger logger = LoggerFactory.getLogger(EventStreams.class);
    private static final long BEAT_MILLIS = 500;
    private static final int QUIET_BEATS = 10;
    private static final long STOP_SECONDS = 2;

    private final BooleanSupplier lively;
    private final Function<Reader, String> state;
    private final Map<Line, Audience> lines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;
    private ScheduledFuture<?> beating;
    private int quiet;
    private boolean closed;

    private record Audience(Locale locale, Role role) {}

    /**
     * Prepares to tell.
     *
     * @param lively whether something is under way; quickly answered
     * @param state draws the state as JSON
     */
    EventStreams(BooleanSupplier lively, Function<Reader, String> state) {
        this(lively, state, ownThread());
    }

    /**
     * Prepares to tell.
     *
     * @param thread has one thread; is shut down by {@link #close}
     */
    EventStreams(BooleanSupplier lively, Function<Reader, String> state, ScheduledExecutorService thread) {
        this.lively = lively;
        this.state = state;
        this.thread = thread;
    }

    private static ScheduledExecutorService ownThread() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "joecash-backup-events"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(STOP_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** Whether one more may listen. */
    boolean hasRoom() {
        return lines.size() < MOST;
    }

    /** Tells somebody from now on, beginning at once. */
    synchronized void add(Line line, Reader reader) {
        if (closed) {
            line.end();
            return;
        }
        try {
            line.send(event(reader));
        } catch (RuntimeException e) {
            logger.error("The state cannot be told; who asks for it learns why", e);
            line.end();
            return;
        }
        lines.put(line, new Audience(reader.texts().locale(), reader.role()));
        if (beating == null) {
            beating = thread.scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks whether there is something to tell. */
    void beat() {
        try {
            boolean going = lively.getAsBoolean();
            // Once more after the end, so that everybody learns how it ended.
            boolean due = going || quiet == 0 || quiet >= QUIET_BEATS;
            quiet = going ? 0 : due ? 1 : quiet + 1;
            if (due) {
                tell();
            }
        } catch (RuntimeException e) {
            logger.error("The state cannot be told; whoever listens is told to ask", e);
            lines.keySet().forEach(Line::end);
            lines.clear();
        }
        rest();
    }

    private void tell() {
        Map<Audience, byte[]> drawn = new HashMap<>();
        lines.forEach((line, audience) -> {
            byte[] event =
                    drawn.computeIfAbsent(audience, who -> event(new Reader(new Texts(who.locale()), who.role())));
            if (!line.send(event)) {
                lines.remove(line);
            }
        });
    }

    private synchronized void rest() {
        if (lines.isEmpty() && beating != null) {
            beating.cancel(false);
            beating = null;
        }
    }

    private byte[] event(Reader reader) {
        return ("data: " + state.apply(reader) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends every line; the browsers come back by themselves. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.shutdown();
        lines.keySet().forEach(Line::end);
        lines.clear();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("Somebody is still being told the state");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
