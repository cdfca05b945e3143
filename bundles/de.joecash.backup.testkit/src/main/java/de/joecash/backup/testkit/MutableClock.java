package de.joecash.backup.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. Thread-safe for one setter and any number of readers. */
public final class MutableClock extends Clock {
    private final ZoneId zone;
    private volatile Instant now;

    /**
     * Begins in UTC.
     *
     * @param now what it shows
     */
    public MutableClock(Instant now) {
        this(now, ZoneOffset.UTC);
    }

    /**
     * Begins in a zone.
     *
     * @param now what it shows
     * @param zone where it hangs
     */
    public MutableClock(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Sets it.
     *
     * @param instant what it shows from now on
     */
    public void set(Instant instant) {
        now = instant;
    }

    /**
     * Puts it forward, or back.
     *
     * @param duration how far; negative is back
     */
    public void advance(Duration duration) {
        set(now.plus(duration));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        throw new UnsupportedOperationException();
    }
}
