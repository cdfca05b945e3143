package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of the host in the middle of a restore, again and again. The backup is of the first business day;
 * before each restore a day is closed. So the number of the day tells whether the till came up in the state before the
 * restore, or in that of the backup.
 */
class RestoreKilledIT {
    private static final int ROUNDS = 20;
    private static final int ROUNDS_ON_A_SERVER = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** H2 writes by a thread of its own what was committed: until then a kill loses it, restore or none. */
    private static final Duration WRITTEN = Duration.ofMillis(500);

    private static final Pattern DAY = Pattern.compile("\\bZ (\\d+)\\b.*\\R");

    @TempDir
    private Path directory;

    @Test
    void leavesTheOldStateOrTheNewOneWhereverItIsCutOff() throws Exception {
        assertOldOrNew(TillProcess.freshData("restore-killed"), ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void leavesTheOldStateOrTheNewOneOnAServer(String kind) throws Exception {
        try (TillServer server = TillServer.start(kind, directory)) {
            Path data = TillProcess.freshData("restore-killed-" + kind);
            assertOldOrNew(data, Integer.getInteger("rounds", ROUNDS_ON_A_SERVER), server.options());
            String live = Files.readString(data.resolve("till/current")).split(" ", 2)[0];
            assertThat(server.databases()).containsExactly(live);
        }
    }

    private static void assertOldOrNew(Path data, int rounds, String... options) throws Exception {
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
        for (int round = 0; round <= rounds; round++) {
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
                    assertThat(day)
                            .as("round %s, after day %s: %s%s", round, last, host.out(), host.err())
                            .isIn(ofBackup, last + 1);
                    taken += day == ofBackup && round > 1 ? 1 : 0;
                    kept += day == ofBackup ? 0 : 1;
                    LockSupport.parkNanos(WRITTEN.toNanos() + (long) (random.nextDouble() * longest));
                    host.kill();
                    host.exitCode(PATIENCE);
                }
                last = day;
            }
        }
        // The first word lets the automatic backup of this start pass, which was cut off each time before.
        assertThat(exec(data, "backup:create; pos:sales; backup:verify 1; backup:restore 1; pos:sales", options))
                .contains("without a gap");
        System.out.println(rounds + " restores cut off: " + kept + " times the old state, " + taken + " times the new");
        assertThat(kept).as("times the old state").isPositive();
    }

    /** The day that was closed, once it was: then the books were in order. */
    private static Integer closedDay(TillProcess host) {
        Matcher line = DAY.matcher(host.out());
        boolean closed = line.find();
        assertThat(closed || host.runs()).as(host.out() + host.err()).isTrue();
        return closed ? Integer.valueOf(line.group(1)) : null;
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
