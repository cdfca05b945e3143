package de.joecash.itests;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for a state of the outside world that sends no signal. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {}

    /** Repeats an assertion until it holds; fails with its last words after the limit. */
    public static void asserted(Duration limit, ThrowingCallable assertion) {
        long start = System.nanoTime();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw e;
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** Waits for a value. */
    public static <T> T nonNull(Duration limit, String what, Supplier<T> supplier) {
        long start = System.nanoTime();
        T value = supplier.get();
        while (value == null) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return fail("Not there after " + limit + ": " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
            value = supplier.get();
        }
        return value;
    }
}
