package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of the host in the middle of a restore, at moments by chance, more with {@code -Drounds=20}, and once
 * at each step of it. The backup is of the first business day; before each restore a day is closed. So the number of
 * the day tells whether the till came up in the state before the restore, or in that of the backup.
 */
class RestoreKilledIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern DAY = Pattern.compile("\\bZ (\\d+)\\b.*\\R");
    private static final String RUN = "de.joecash.backup.core.internal.run.";
    private static final String TILL = "de.joecash.pos.reference.internal.till.";
    private static final Breakpoint.Step LOAD = Breakpoint.Step.into(RUN + "Loading", "load");
    private static final int BY_CHANCE = Integer.getInteger("rounds", 4);

    /** How often a restore says how far it is, from where it loads to where it is put in place: some more times. */
    private static final int TICKS = 100;

    /** Where it is cut off, in this order. */
    private enum Cut {
        BEFORE_THE_LOAD,
        IN_THE_LOAD,
        LOADED,
        SALES_HELD,
        SAFE,
        ON_DISK,
        SWAPPED_ON_DISK,
        SWAPPED;

        private boolean swapped() {
            return compareTo(SWAPPED_ON_DISK) >= 0;
        }

        private Breakpoint point() throws Exception {
            return switch (this) {
                case BEFORE_THE_LOAD -> Breakpoint.at(LOAD);
                case IN_THE_LOAD ->
                    Breakpoint.at(
                            LOAD,
                            new Breakpoint.Step(
                                    "de.joecash.backup.core.internal.archive.ArchiveInput", "read([BII)I", 20));
                case LOADED -> Breakpoint.at(Breakpoint.Step.into(RUN + "Loading", "compare"));
                case SALES_HELD -> Breakpoint.at(Breakpoint.Step.into(RUN + "Restoration", "makeSafe"));
                case SAFE -> Breakpoint.at(Breakpoint.Step.into(TILL + "Side", "activate"));
                case ON_DISK -> Breakpoint.at(Breakpoint.Step.into(TILL + "LiveDatabase", "pointTo"));
                case SWAPPED_ON_DISK -> Breakpoint.at(Breakpoint.Step.into(TILL + "SwitchingDataSource", "switchTo"));
                case SWAPPED -> Breakpoint.at(Breakpoint.Step.into(TILL + "LiveDatabase", "discard"));
            };
        }
    }

    @TempDir
    private Path directory;

    private int ofBackup;

    /** The days that may be the next one to be closed. */
    private Set<Integer> expected = Set.of();

    @Test
    void leavesTheOldStateOrTheNewOneWhereverItIsCutOff() throws Exception {
        Path data = TillProcess.freshData("restore-killed");
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        begin(data);
        for (int i = 0; i < BY_CHANCE; i++) {
            Breakpoint.Step tick = new Breakpoint.Step(RUN + "ActiveRun", "at", 1 + random.nextInt(TICKS));
            cutOff(data, tick.toString(), Breakpoint.at(LOAD, tick), false);
        }
        for (Cut cut : Cut.values()) {
            cutOff(data, cut.name(), cut.point(), cut.swapped());
        }
        assertRestores(data);
    }

    /** Its tools go on by themselves for a while. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void leavesTheOldStateOrTheNewOneOnAServer(String kind) throws Exception {
        try (TillServer server = TillServer.start(kind, directory)) {
            Path data = TillProcess.freshData("restore-killed-" + kind);
            begin(data, server.options());
            for (Cut cut : EnumSet.of(Cut.IN_THE_LOAD, Cut.SAFE, Cut.ON_DISK, Cut.SWAPPED_ON_DISK)) {
                cutOff(data, cut.name(), cut.point(), cut.swapped(), server.options());
            }
            assertRestores(data, server.options());
            String live = Files.readString(data.resolve("till/current")).split(" ", 2)[0];
            assertThat(server.databases()).containsExactly(live);
        }
    }

    /** Ends with a day closed that is not in the backup, so that neither state is ever taken for the other. */
    private void begin(Path data, String... options) throws Exception {
        String script = "backup:create; pos:sales; pos:close-day";
        try (TillProcess host = TillProcess.start(arguments(data, script, options))) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isZero();
            assertThat(days(host)).hasSize(1);
            ofBackup = days(host).get(0);
            expected = Set.of(ofBackup + 1);
        }
    }

    /** Starts a host, which finds out what the cut before has left, closes a day, restores, and is killed there. */
    private void cutOff(Path data, String where, Breakpoint point, boolean swapped, String... options)
            throws Exception {
        String script = "pos:sales; pos:close-day; backup:restore 1";
        try (TillProcess host = TillProcess.start(point.environment(), arguments(data, script, options))) {
            point.await(PATIENCE);
            host.kill();
            assertThat(host.exitCode(PATIENCE)).isEqualTo(128 + 9);
            assertThat(days(host)).as("%s: %s%s", where, host.out(), host.err()).hasSize(1);
            int day = days(host).get(0);
            assertThat(day).as("the day before %s", where).isIn(expected);
            if (swapped) {
                expected = Set.of(ofBackup);
            } else if (options.length > 0) {
                expected = Set.of(day + 1);
            } else {
                // H2 writes by a thread of its own what was committed: until then a kill loses it, restore or none.
                expected = Set.of(day, day + 1);
            }
        }
    }

    private void assertRestores(Path data, String... options) throws Exception {
        String script = "pos:sales; pos:close-day; backup:verify 1; backup:restore 1; pos:sales; pos:close-day";
        try (TillProcess host = TillProcess.start(arguments(data, script, options))) {
            assertThat(host.exitCode(PATIENCE)).as(host.out() + host.err()).isZero();
            assertThat(host.out()).contains("without a gap");
            assertThat(days(host)).hasSize(2);
            assertThat(days(host).get(0)).isIn(expected);
            assertThat(days(host).get(1)).isEqualTo(ofBackup);
        }
    }

    /** The days that were closed: then the books were in order. */
    private static List<Integer> days(TillProcess host) {
        return DAY.matcher(host.out())
                .results()
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
    }

    private static String[] arguments(Path data, String script, String... options) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(List.of("--receipts", "5000", "--data", data.toString(), "--exec", script));
        return all.toArray(String[]::new);
    }
}
