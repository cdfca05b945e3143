package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the host in the middle of a backup and its transfer, again and again. */
class PowerCutIT {
    private static final int ROUNDS = 20;

    @TempDir
    private Path directory;

    @Test
    void leavesNothingHalfHoweverOftenThePowerIsCut() {
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        Path data = directory.resolve("data");
        Set<String> listed = new HashSet<>();
        List<Path> left = List.of();
        int cutInMidDump = 0;
        long longest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (DemoHost host = DemoHost.start(data, "--receipts", "20000")) {
                assertThat(host.parts()).as("what round %s had left", round).noneMatch(left::contains);
                Set<String> now = names(host);
                assertThat(now).as("round %s: what was listed before", round).containsAll(listed);
                listed = now;
                if (round == 0) {
                    host.book(true);
                    long begun = System.nanoTime();
                    host.backup();
                    longest = System.nanoTime() - begun;
                }
                String run = host.begin("backups", "{}");
                if (random.nextInt(3) == 0) {
                    host.end(run);
                    host.begin("send", "{}");
                }
                LockSupport.parkNanos((long) (random.nextDouble() * longest * 1.2));
                host.kill();
                left = host.parts();
                cutInMidDump += left.isEmpty() ? 0 : 1;
            }
        }
        try (DemoHost host = DemoHost.start(data)) {
            List<JsonObject> all = host.backupList();
            System.out.println(all.size() + " backups listed after " + ROUNDS + " power cuts, " + cutInMidDump
                    + " of them with something half-written");
            assertThat(names(host)).containsAll(listed);
            for (JsonObject backup : all) {
                host.succeed("verify", "{\"backup\":\"" + backup.get("id").getAsString() + "\"}");
            }
            DemoHost.await(
                    "an empty queue",
                    () -> host.state().getAsJsonArray("transfers").isEmpty() ? true : null);
            assertThat(host.parts()).noneMatch(left::contains);
            assertThat(cutInMidDump).as("cuts that hit something").isPositive();
        }
    }

    private static Set<String> names(DemoHost host) {
        Set<String> names = new HashSet<>();
        host.backupList().forEach(backup -> names.add(backup.get("id").getAsString()));
        return names;
    }
}
