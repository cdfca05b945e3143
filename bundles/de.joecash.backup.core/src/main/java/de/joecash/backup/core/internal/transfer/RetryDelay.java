package de.joecash.backup.core.internal.transfer;

import de.joecash.backup.Problem;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long a transfer waits for its next attempt: twice as long each time up to an hour, give or take a fifth, so that
 * many tills do not ring at once. A pure function of its parts.
 *
 * @param first the wait after the first attempt
 * @param chance gives numbers from 0 to 1
 */
public record RetryDelay(Duration first, DoubleSupplier chance) {
    /** No wait is longer. */
    static final Duration LONGEST = Duration.ofMinutes(72);

    private static final int MOST_DOUBLINGS = 12;
    private static final Duration LONGEST_DOUBLED = Duration.ofHours(1);

    /** Checks the range. */
    public RetryDelay {
        if (first.isNegative() || first.isZero() || first.compareTo(LONGEST_DOUBLED) > 0) {
            throw new IllegalArgumentException("The first wait is more than nothing and at most an hour");
        }
    }

    /**
     * Says how long to wait. A server without room is asked rarely from the beginning: somebody has to make some first.
     *
     * @param attempts how many failed, at least 1
     * @param problem why the last one did
     */
    Duration after(int attempts, Problem problem) {
        int doublings = problem instanceof Problem.ServerFull ? MOST_DOUBLINGS : Math.min(attempts - 1, MOST_DOUBLINGS);
        Duration doubled = first.multipliedBy(1L << doublings);
        Duration wait = doubled.compareTo(LONGEST_DOUBLED) < 0 ? doubled : LONGEST_DOUBLED;
        return Duration.ofMillis((long) (wait.toMillis() * (0.8 + 0.4 * chance.getAsDouble())));
    }
}
