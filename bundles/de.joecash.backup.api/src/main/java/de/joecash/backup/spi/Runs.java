package de.joecash.backup.spi;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is inside the database for a {@link Source}, so that they can be asked out before its bundle goes. Thread-safe.
 */
@ProviderType
public final class Runs {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<Ticket> inside = new HashSet<>();
    private boolean stopped;

    /** Creates one with nobody inside. */
    public Runs() {}

    /**
     * Lets a run in.
     *
     * @param cancellation stops it
     * @return to be closed by the caller, when it is out
     * @throws BackupException {@link Problem.Stopping}, once {@link #stop} was called
     */
    public Ticket enter(Cancellation cancellation) throws BackupException {
        lock.lock();
        try {
            if (stopped) {
                throw new BackupException(new Problem.Stopping());
            }
            Ticket ticket = new Ticket(cancellation);
            inside.add(ticket);
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cancels all runs, lets none in any more, and waits until they are out.
     *
     * @param time how long to wait, in {@code unit}
     * @param unit of {@code time}
     * @return whether they are
     * @throws InterruptedException if somebody interrupts the wait
     */
    public boolean stop(long time, TimeUnit unit) throws InterruptedException {
        Set<Ticket> running;
        lock.lock();
        try {
            stopped = true;
            running = Set.copyOf(inside);
        } finally {
            lock.unlock();
        }
        running.forEach(ticket -> ticket.cancellation.cancel(new Problem.Stopping()));
        long nanos = unit.toNanos(time);
        lock.lock();
        try {
            while (!inside.isEmpty() && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return inside.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** One run that is inside. */
    public final class Ticket implements AutoCloseable {
        private final Cancellation cancellation;

        private Ticket(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        /**
         * Gives what stops the run.
         *
         * @return as given to {@link Runs#enter}
         */
        public Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                inside.remove(this);
                left.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
