package de.joecash.backup.remote;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect for a connection, 1 s to 10 min
 * @param data for any progress, the same
 */
public record Patience(Duration connect, Duration data) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Checks both. */
    public Patience {
        require(connect, "connectTimeoutSeconds");
        require(data, "dataTimeoutSeconds");
    }

    /**
     * Reads it as it is configured.
     *
     * @param connectSeconds 1 to 600
     * @param dataSeconds 1 to 600
     * @return both
     */
    public static Patience of(int connectSeconds, int dataSeconds) {
        return new Patience(Duration.ofSeconds(connectSeconds), Duration.ofSeconds(dataSeconds));
    }

    private static void require(Duration timeout, String name) {
        Settings.require(
                !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                name + " must be from 1 to 600");
    }
}
