package de.joecash.backup.tools;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A configuration that was checked.
 *
 * @param tools the only directory to look for tools in; empty for where Debian and the path have them
 * @param lockTimeout how long a dump waits for a table that somebody locks; 1 s to 10 minutes
 * @param stall how long a dump may go without progress; 1 s to 1 hour
 */
public record ToolSettings(Optional<Path> tools, Duration lockTimeout, Duration stall) {
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(10);
    private static final Duration LONGEST_STALL = Duration.ofHours(1);

    /** Loading builds indexes and checks foreign keys, and nobody outside sees progress meanwhile. */
    private static final int LOAD_STALLS = 30;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not usable
     */
    public ToolSettings {
        require(tools.map(Path::isAbsolute).orElse(true), "tools must be an absolute path or empty");
        require(within(lockTimeout, LONGEST_LOCK), "lockTimeoutSeconds must be from 1 to 600");
        require(within(stall, LONGEST_STALL), "stallSeconds must be from 1 to 3600");
    }

    /**
     * Reads a configuration.
     *
     * @param tools a directory; blank or {@code null} for none
     * @param lockTimeoutSeconds see {@link #lockTimeout}
     * @param stallSeconds see {@link #stall}
     * @return checked
     * @throws IllegalArgumentException if a value is not usable
     */
    public static ToolSettings of(String tools, int lockTimeoutSeconds, int stallSeconds) {
        return new ToolSettings(
                tools == null || tools.isBlank() ? Optional.empty() : Optional.of(Path.of(tools.strip())),
                Duration.ofSeconds(lockTimeoutSeconds),
                Duration.ofSeconds(stallSeconds));
    }

    /**
     * Gives how long loading may go without progress.
     *
     * @return thirty times as long as dumping
     */
    public Duration loadStall() {
        return stall.multipliedBy(LOAD_STALLS);
    }

    private static boolean within(Duration time, Duration longest) {
        return !time.isNegative() && !time.isZero() && time.compareTo(longest) <= 0;
    }

    private static void require(boolean right, String words) {
        if (!right) {
            throw new IllegalArgumentException(words);
        }
    }
}
