package de.joecash.itests.process;

import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Somebody who makes a backup, copies it to the medium and verifies it, over and over, whatever is done to the bundles
 * meanwhile: what is refused, or ended, or not there to be asked, is tried again.
 */
final class Traffic {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final DemoHost host;
    private final SortedSet<String> made = new ConcurrentSkipListSet<>();
    private final SortedSet<String> copied = new ConcurrentSkipListSet<>();
    private final SortedSet<String> verified = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::run, "traffic");
    private final ReentrantLock oneRound = new ReentrantLock();
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile boolean ended;

    private Traffic(DemoHost host) {
        this.host = host;
    }

    static Traffic on(DemoHost host) {
        Traffic traffic = new Traffic(host);
        traffic.thread.start();
        return traffic;
    }

    private void run() {
        while (!ended) {
            oneRound.lock();
            try {
                String backup = ended("backups", "{}");
                made.add(backup);
                String about = "{\"backup\":\"" + backup + "\"}";
                copied.add(ended("send", about));
                verified.add(ended("verify", about));
            } catch (AssertionError | RuntimeException e) {
                cutOff.incrementAndGet();
            } finally {
                oneRound.unlock();
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private String ended(String what, String body) {
        return host.succeed(what, body).get("backup").getAsString();
    }

    /** What was made, as far as somebody saw it end well. */
    SortedSet<String> made() {
        return made;
    }

    /** What was copied to the medium, as far as somebody saw it end well. */
    SortedSet<String> copied() {
        return copied;
    }

    @Override
    public String toString() {
        return "made " + made.size() + ", copied " + copied.size() + ", verified " + verified.size() + ", cut off or"
                + " refused " + cutOff;
    }

    /** What was verified, as far as somebody saw it end well. */
    SortedSet<String> verified() {
        return verified;
    }

    /** Waits for the end of what is under way, and lets nothing more begin. */
    void hold() {
        oneRound.lock();
    }

    /** Lets the thread that held it go on. */
    void goOn() {
        oneRound.unlock();
    }

    /** Ends it; waits for what is under way. */
    void end() throws InterruptedException {
        ended = true;
        while (oneRound.isHeldByCurrentThread()) {
            oneRound.unlock();
        }
        thread.join();
    }
}
