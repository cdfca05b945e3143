package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the host in the middle of a backup and its transfer: at moments by chance of backups, more with
 * {@code -Drounds=20}, and once at each step of both.
 */
class PowerCutIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RECEIPTS = "5000";
    private static final int BY_CHANCE = Integer.getInteger("rounds", 4);

    /** How often a backup of so many receipts says how far it is: it does so some more times. */
    private static final int TICKS = 100;

    private static final String CORE = "de.joecash.backup.core.internal.";
    private static final Breakpoint.Step PUBLISH = Breakpoint.Step.into(CORE + "catalogue.BackupFolder", "publish");

    /** Where it is cut, in this order. */
    private enum Cut {
        IN_THE_DUMP,
        DUMPED,
        PUBLISHING,
        HALF_PUBLISHED,
        PUBLISHED,
        PACKED,
        SENDING,
        IN_AN_UPLOAD,
        BEFORE_THE_MANIFEST,
        SENT;

        private Breakpoint point() throws Exception {
            return switch (this) {
                case IN_THE_DUMP ->
                    Breakpoint.at(new Breakpoint.Step(CORE + "run.ArchiveMaking$Watched", "write([BII)V", 10));
                case DUMPED -> Breakpoint.at(Breakpoint.Step.into(CORE + "run.Verification", "compareParts"));
                case PUBLISHING -> Breakpoint.at(PUBLISH);
                case HALF_PUBLISHED ->
                    Breakpoint.at(PUBLISH, new Breakpoint.Step(CORE + "disk.SyncedFiles", "publish", 2));
                case PUBLISHED -> Breakpoint.at(PUBLISH, Breakpoint.Step.into(CORE + "catalogue.Catalogue", "note"));
                case PACKED -> Breakpoint.at(Breakpoint.Step.into(CORE + "transfer.PartsDelivery", "begin"));
                case SENDING -> Breakpoint.at(store(1));
                case IN_AN_UPLOAD -> Breakpoint.at(store(1), new Breakpoint.Step(CORE + "run.ActiveRun", "at", 3));
                // After two archives and the note.
                case BEFORE_THE_MANIFEST -> Breakpoint.at(store(4));
                case SENT -> Breakpoint.at(Breakpoint.Step.into(CORE + "transfer.PartsDelivery", "complete"));
            };
        }

        private static Breakpoint.Step store(int time) {
            return new Breakpoint.Step(
                    CORE + "transfer.Storing",
                    "store(Ljava/lang/String;Lde/joecash/backup/spi/Destination$Content;Ljava/lang/String;Z)V",
                    time);
        }
    }

    @TempDir
    private Path directory;

    private final Set<String> listed = new HashSet<>();
    private List<Path> left = List.of();

    @Test
    void leavesNothingHalfWhereverThePowerIsCut() throws Exception {
        Path data = directory.resolve("data");
        Random random = new Random();
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
        for (int i = 0; i < BY_CHANCE; i++) {
            Breakpoint.Step tick = new Breakpoint.Step(CORE + "run.ActiveRun", "at", 1 + random.nextInt(TICKS));
            cut(data, tick.toString(), Breakpoint.at(tick), host -> host.begin("backups", "{}"));
        }
        for (Cut cut : Cut.values()) {
            int before = listed.size();
            cut(data, cut.name(), cut.point(), host -> begin(cut, host));
            // It had its name, and nobody had told anybody.
            assertThat(cut != Cut.PACKED || listed.size() > before)
                    .as("published, then the power was cut: %s", listed)
                    .isTrue();
            // Later a backup that is made by itself may be under way beside the transfer.
            assertThat(cut.compareTo(Cut.PUBLISHED) >= 0 || !left.isEmpty())
                    .as("%s cuts something half-written", cut)
                    .isTrue();
        }
        try (DemoHost host = DemoHost.start(data)) {
            assertThat(names(host)).containsAll(listed);
            for (JsonObject backup : host.backupList()) {
                host.succeed("verify", "{\"backup\":\"" + backup.get("id").getAsString() + "\"}");
            }
            DemoHost.await(
                    "an empty queue",
                    () -> host.state().getAsJsonArray("transfers").isEmpty() ? true : null);
            assertThat(host.parts()).noneMatch(left::contains);
        }
    }

    /** Starts a host, which clears up what the cut before has left, has it do something, and cuts. */
    private void cut(Path data, String where, Breakpoint point, Consumer<DemoHost> begin) throws Exception {
        try (DemoHost host = DemoHost.start(point.environment(), data, "--receipts", RECEIPTS)) {
            assertThat(host.parts()).as("left before %s", where).noneMatch(left::contains);
            Set<String> now = names(host);
            assertThat(now).as("listed before %s", where).containsAll(listed);
            listed.addAll(now);
            begin.accept(host);
            point.await(PATIENCE);
            host.kill();
            left = host.parts();
        }
    }

    /** A transfer that was cut off goes on by itself. */
    private static void begin(Cut cut, DemoHost host) {
        if (cut == Cut.PACKED) {
            host.book(true);
            host.backup();
            host.begin("send", "{}");
        } else if (cut.compareTo(Cut.PACKED) < 0) {
            host.begin("backups", "{}");
        }
    }

    private static Set<String> names(DemoHost host) {
        Set<String> names = new HashSet<>();
        host.backupList().forEach(backup -> names.add(backup.get("id").getAsString()));
        return names;
    }
}
