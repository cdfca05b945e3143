package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of the host in the middle of a restore, again and again. The backup is of the first business day;
 * before each restore a day is closed. So the number of the day tells whether the till came up in the state before the
 * restore, or in that of the backup.
 */
class RestoreKilledIT {
    private static final int ROUNDS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern DAY = Pattern.compile("\\bZ (\\d+)\\b");

    @Test
    void leavesTheOldStateOrTheNewOneWhereverItIsCutOff() throws Exception {
        assertOldOrNew(TillProcess.freshData("restore-killed"));
    }

    private static void assertOldOrNew(Path data, String... options) throws Exception {
        exec(data, "backup:create", with(options, "--receipts", "5000"));
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        int ofBackup = 0;
        int last = 0;
        int taken = 0;
        int kept = 0;
        long longest = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            try (TillProcess host = start(data, "pos:sales; pos:close-day; backup:restore 1", options)) {
                int day = DemoHost.await(PATIENCE, "a closed day", () -> closedDay(host));
                if (round == 0) {
                    // Undisturbed, to know how long it takes.
                    long begun = System.nanoTime();
                    assertThat(host.exitCode(PATIENCE))
                            .as(host.out() + host.err())
                            .isZero();
                    longest = System.nanoTime() - begun;
                    ofBackup = day;
                } else {
                    assertThat(day).as("round %s, after day %s", round, last).isIn(ofBackup, last + 1);
                    taken += day == ofBackup && round > 1 ? 1 : 0;
                    kept += day == ofBackup ? 0 : 1;
                    LockSupport.parkNanos((long) (random.nextDouble() * longest));
                    host.kill();
                }
                last = day;
            }
        }
        assertThat(exec(data, "pos:sales; backup:verify 1; backup:restore 1; pos:sales", options))
                .contains("without a gap");
        System.out.println(ROUNDS + " restores cut off: " + kept + " times the old state, " + taken + " times the new");
        assertThat(kept).as("times the old state").isPositive();
    }

    /** The day that was closed, once it was: then the books were in order. */
    private static Integer closedDay(TillProcess host) {
        Matcher line = DAY.matcher(host.out());
        return line.find() ? Integer.valueOf(line.group(1)) : null;
    }

    private static String exec(Path data, String script, String... options) throws InterruptedException {
        try (TillProcess host = start(data, script, options)) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isZero();
            return host.out();
        }
    }

    private static TillProcess start(Path data, String script, String... options) {
        return TillProcess.start(with(options, "--data", data.toString(), "--exec", script));
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
