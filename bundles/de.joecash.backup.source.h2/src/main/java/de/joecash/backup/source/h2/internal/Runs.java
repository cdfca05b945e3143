package de.joecash.backup.source.h2.internal;

import de.joecash.backup.BackupException;
import de.joecash.backup.Problem;
import de.joecash.backup.spi.Cancellation;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who is inside the database for us, so that they can be asked out before this bundle goes. Thread-safe. */
final class Runs {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<Ticket> inside = new HashSet<>();
    private boolean stopped;

    /** Lets a run in. */
    Ticket enter(Cancellation cancellation) throws BackupException {
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
     * @return whether they are
     */
    boolean stop(long time, TimeUnit unit) throws InterruptedException {
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
    final class Ticket implements AutoCloseable {
        private final Cancellation cancellation;

        private Ticket(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        Cancellation cancellation() {
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
