package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a till that keeps very many backups answers to its page, and how quickly. With {@code -Dbackups=10000} those of
 * thirteen years.
 */
class ManyBackupsIT {
    private static final int OTHERS = Integer.getInteger("backups", 1_000);
    private static final int ALL = OTHERS + 1;

    /** How many are listed at once. */
    private static final int PART = 200;

    private static final int WARM_UP = 30;
    private static final int ROUNDS = 31;

    private static final String STATE = "/backup/api/v1/state";
    private static final String LIST = "/backup/api/v1/backups?only=ALL";
    private static final String RETENTION = "/backup/api/v1/retention?keep=30&keepSafety=3";

    @TempDir
    private Path directory;

    @Test
    void theyAreShownSoonAndAsTheyAre() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        String made = made(data);
        List<String> others = OtherBackups.like(made, data.resolve("backups"), OTHERS);

        long begun = System.nanoTime();
        try (DemoHost host = DemoHost.startAtFullSpeed(data)) {
            DemoHost.await("the page", () -> host.status(STATE) == 200 ? true : null);
            Duration start = Duration.ofNanos(System.nanoTime() - begun);
            whole(host, made);
            say(host, start);
            whatIsDoneBesideTheHostIsSeenAtOnce(host, others);
            assertThat(host.stop()).isZero();
        }
    }

    /** One real backup, with what is known of it since it was made. */
    private static String made(Path data) throws Exception {
        try (DemoHost host = DemoHost.start(data, "--receipts", "100")) {
            String made = host.backup();
            host.succeed("verify", "{\"backup\":\"" + made + "\"}");
            assertThat(host.stop()).isZero();
            return made;
        }
    }

    private static void whole(DemoHost host, String newest) {
        assertThat(list(host))
                .hasSize(ALL)
                .noneMatch(one -> one.has("problem"))
                .extracting(one -> one.get("id").getAsString())
                .doesNotHaveDuplicates();
        JsonObject state = host.state();
        assertThat(state.get("backups").getAsInt()).isEqualTo(ALL);
        assertThat(state.getAsJsonObject("newestGood").get("backup").getAsString())
                .isEqualTo(newest);
    }

    /** Part by part, as the page does. */
    private static List<JsonObject> list(DemoHost host) {
        List<JsonObject> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            for (JsonElement one : host.get(LIST + "&from=" + before).getAsJsonArray()) {
                all.add(one.getAsJsonObject());
            }
        } while (all.size() == before + PART);
        return all;
    }

    private static void say(DemoHost host, Duration start) {
        Duration state = median(host, STATE);
        Duration first = median(host, LIST);
        Duration last = median(host, LIST + "&from=" + (ALL - PART));
        Duration retention = median(host, RETENTION);
        System.out.printf(
                "%,d backups: state %.1f ms, first part of the list %.1f ms, last part %.1f ms, what retention makes of "
                        + "each %.1f ms (medians of %d); address after %.1f s, page after %.1f s%n",
                ALL,
                millis(state),
                millis(first),
                millis(last),
                millis(retention),
                ROUNDS,
                millis(host.untilReachable()) / 1000,
                millis(start) / 1000);

        // Not 300 ms: others may use the machine meanwhile.
        assertThat(List.of(state, first, last, retention)).allMatch(each -> each.toMillis() < 3_000);
    }

    /** From the question to its answer as this process has read it: a bit more than the server's time. */
    private static Duration median(DemoHost host, String path) {
        for (int i = 0; i < WARM_UP; i++) {
            host.get(path);
        }
        return Duration.ofNanos(LongStream.generate(() -> time(host, path))
                .limit(ROUNDS)
                .sorted()
                .skip(ROUNDS / 2)
                .findFirst()
                .orElseThrow());
    }

    private static long time(DemoHost host, String path) {
        long begun = System.nanoTime();
        host.get(path);
        return System.nanoTime() - begun;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** One archive gone and one cut short, among all the others. */
    private static void whatIsDoneBesideTheHostIsSeenAtOnce(DemoHost host, List<String> others) throws Exception {
        String before = host.state().get("catalogue").getAsString();
        String gone = others.get(OTHERS / 2);
        Files.delete(host.backups().resolve(gone + ".sql.gz"));
        String without = host.state().get("catalogue").getAsString();
        String cut = others.get(0);
        // Its other names are left as they are.
        Files.delete(host.backups().resolve(cut + ".sql.gz"));
        Files.write(host.backups().resolve(cut + ".sql.gz"), new byte[1]);

        assertThat(List.of(before, without, host.state().get("catalogue").getAsString()))
                .as("what tells the page to ask for the list again")
                .doesNotHaveDuplicates();
        assertThat(list(host))
                .hasSize(ALL)
                .filteredOn(one -> one.has("problem"))
                .extracting(one -> one.get("id").getAsString())
                .containsExactlyInAnyOrder(gone, cut);
    }
}
