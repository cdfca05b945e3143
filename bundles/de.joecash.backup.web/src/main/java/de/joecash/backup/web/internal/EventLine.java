package de.joecash.backup.web.internal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * One browser's open answer. Nobody waits for a browser that does not keep up: it gets the newest event when it does
 * (Jakarta Servlet 6.0, 3.7: written only while {@code isReady} says so). Thread-safe.
 */
final class EventLine implements Line, WriteListener, AsyncListener {
    private final AsyncContext async;
    private final ServletOutputStream out;
    private byte[] waiting;
    private boolean ready;
    private boolean flushed = true;
    private boolean over;

    private EventLine(AsyncContext async, ServletOutputStream out) {
        this.async = async;
        this.out = out;
    }

    /** Takes a request over; it ends after some time, so that the host looks again who asks. */
    static EventLine open(AsyncContext async, long millis) throws IOException {
        EventLine line = new EventLine(async, async.getResponse().getOutputStream());
        async.setTimeout(millis);
        async.addListener(line);
        line.out.setWriteListener(line);
        return line;
    }

    @Override
    public synchronized boolean send(byte[] event) {
        waiting = event;
        write();
        return !over;
    }

    @Override
    public synchronized void onWritePossible() {
        ready = true;
        write();
    }

    private void write() {
        try {
            while (ready && !over) {
                if (!out.isReady()) {
                    ready = false;
                } else if (waiting != null) {
                    out.write(waiting);
                    waiting = null;
                    flushed = false;
                } else if (!flushed) {
                    flushed = true;
                    out.flush();
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    @Override
    public synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The browser went away in the same moment.
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        over = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it a second time.
    }
}
