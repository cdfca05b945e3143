package de.joecash.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine: missing, it is skipped by name; where {@code CI=true}, it fails. */
public final class Needed {
    private Needed() {}

    /**
     * Goes on only where it is there.
     *
     * @param there whether it is
     * @param what what is missing otherwise, e.g. the Debian package
     */
    public static void on(boolean there, String what) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("needed: %s", what).isTrue();
        }
        assumeTrue(there, () -> "needed: " + what);
    }
}
