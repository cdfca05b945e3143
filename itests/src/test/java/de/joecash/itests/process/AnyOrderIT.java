package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import de.joecash.itests.Await;
import de.joecash.itests.NewerBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each of the backup's bundles is stopped, started, refreshed and updated in any order while the till sells and
 * somebody makes, copies and verifies backups. Twice, in an order that is always the same; {@code -Dorders=50} and
 * {@code -Dseed} for more and others.
 */
class AnyOrderIT {
    private static final int ROUNDS = Integer.getInteger("orders", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LONGEST_PAUSE_MILLIS = 400;
    private static final Path BUNDLES = Path.of("target", "bundles");
    /** What comes and goes by itself; a bundle that is not let go of leaves two class loaders in each round. */
    private static final int FEW = 3;

    private static final int FEW_THREADS_OR_FILES = 10;

    private static final int GROWTH_KILOBYTES = 8 << 10;
    private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private static final String LOOK = "LOOK";
    private static final String REFUSED = "REFUSED";
    private static final int LOOKS = 120;

    /** What retention leaves for sure, though nobody saw some of the others end. */
    private static final int NEWEST = 10;

    private static final Pattern BUNDLE =
            Pattern.compile("(?m)^ +(\\d+)\\|.*\\|(de\\.joecash\\.backup\\.[.a-z0-9]+) \\(.*");
    private static final Pattern COMPONENT =
            Pattern.compile("(?m)^(de\\.joecash\\.\\S+) in bundle .*\\R((?: +Id: .*\\R)*)");

    @TempDir
    private Path directory;

    private final Random random = new Random(Long.getLong("seed", 1));
    private Cues cues;
    private DemoHost host;
    private int steps;
    private int done;

    @Test
    void nothingIsLostAndNothingStaysBehind() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("till"));
        cues = new Cues();
        List<String> commands = new ArrayList<>(
                List.of("felix:lb -s", "scr:list", wait("fresh"), "gogo:source " + script(round(0)), wait("warm")));
        for (int i = 1; i <= ROUNDS; i++) {
            commands.add("gogo:source " + script(round(i)));
        }
        for (int look = 0; look < LOOKS; look++) {
            commands.addAll(
                    List.of("gogo:source " + script("start"), "echo " + LOOK, "scr:list", wait("look-" + look)));
        }
        try {
            host = DemoHost.startWithScript(data, commands, "--receipts", "1000");
            anyOrder();
        } catch (AssertionError e) {
            String said = host == null ? "" : said();
            throw new AssertionError(said.substring(Math.max(0, said.length() - 5000)), e);
        } finally {
            if (host != null) {
                host.close();
            }
            cues.close();
        }
    }

    private void anyOrder() throws Exception {
        host.settings("L", host.data().resolve("demo/usb0").toString());
        cues.await("fresh");
        Map<String, String> bundles = bundles();
        writeStart(bundles);
        Traffic traffic = Traffic.on(host);
        try {
            writeRound(0, bundles);
            cues.give("fresh");
            giveSteps();
            cues.await("warm");
            traffic.hold();
            Footprint before = Footprint.of(host);
            traffic.goOn();
            for (int i = 1; i <= ROUNDS; i++) {
                writeRound(i, bundles);
            }
            try (SalesWatch sales = SalesWatch.on(host)) {
                cues.give("warm");
                giveSteps();
                cues.await("look-0");
                SalesWatch.Seen seen = sales.end();
                System.out.println(steps + " steps: " + seen + "; " + traffic + "; of the steps again "
                        + (said().split(REFUSED, -1).length - 1));
                assertThat(seen.longestGap()).isLessThan(LONGEST_GAP);
            }
            traffic.hold();
            awaitComponents();
            assertNothingStaysBehind(before);
            assertNothingIsLost(traffic);
            assertThat(traffic.verified()).isNotEmpty();
        } finally {
            traffic.end();
        }
        // A request in whose middle the page's bundle goes fails, and the page asks again.
        assertThat(said()).doesNotContain("OutOfMemoryError", "BundleException");
    }

    /** All are as they were; what was refreshed at last may still be about to start. */
    private void awaitComponents() throws IOException {
        int look = 0;
        List<Map<String, String>> seen = looks();
        while (!seen.get(seen.size() - 1).equals(seen.get(0)) && look < LOOKS - 1) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            cues.give("look-" + look++);
            cues.await("look-" + look);
            seen = looks();
        }
        assertThat(seen.get(seen.size() - 1)).isEqualTo(seen.get(0));
    }

    private List<Map<String, String>> looks() throws IOException {
        return Stream.of(said().split(LOOK, -1)).map(AnyOrderIT::components).toList();
    }

    /** What was used a moment ago may still be held. */
    private void assertNothingStaysBehind(Footprint before) {
        Await.asserted(PATIENCE, () -> {
            Footprint after = Footprint.of(host);
            System.out.println(before + " -> " + after);
            assertThat(after.classLoaders())
                    .as("class loaders of bundles")
                    .isLessThanOrEqualTo(before.classLoaders() + FEW);
            assertThat(after.threads()).as("threads").isLessThan(before.threads() + FEW_THREADS_OR_FILES);
            assertThat(after.files()).as("open files").isLessThan(before.files() + FEW_THREADS_OR_FILES);
            assertThat(after.heapKilobytes()).as("KiB of heap").isLessThan(before.heapKilobytes() + GROWTH_KILOBYTES);
        });
    }

    private void assertNothingIsLost(Traffic traffic) throws IOException {
        Map<String, JsonObject> listed = host.backupList().stream()
                .collect(Collectors.toMap(backup -> backup.get("id").getAsString(), backup -> backup));
        assertThat(listed.keySet()).containsAll(newest(traffic.made()));
        assertThat(listed.values()).noneMatch(backup -> backup.has("problem"));
        Path medium = host.data().resolve("demo/usb0");
        for (String backup : newest(traffic.copied())) {
            Path archive = host.backups().resolve(backup + ".sql.gz");
            assertThat(medium.resolve(archive.getFileName())).isNotEmptyFile();
            if (Files.exists(archive)) {
                assertThat(medium.resolve(archive.getFileName())).hasSameBinaryContentAs(archive);
            }
        }
        String last = host.backup();
        host.succeed("verify", "{\"backup\":\"" + last + "\"}");
    }

    private static List<String> newest(SortedSet<String> backups) {
        assertThat(backups).hasSizeGreaterThan(ROUNDS);
        return backups.stream().skip(Math.max(0, backups.size() - NEWEST)).toList();
    }

    private String said() throws IOException {
        return Files.readString(host.data().resolveSibling(host.data().getFileName() + ".out"));
    }

    /** The backup's bundles' numbers, each with the next version that it is updated to. */
    private Map<String, String> bundles() throws IOException {
        Map<String, String> bundles = new TreeMap<>();
        Path newer = Files.createDirectory(directory.resolve("newer"));
        for (MatchResult line : BUNDLE.matcher(said()).results().toList()) {
            Path jar = newer.resolve(line.group(2) + ".jar");
            try (Stream<Path> jars = Files.list(BUNDLES)) {
                Path shipped = jars.filter(file -> file.getFileName().toString().startsWith(line.group(2) + "-"))
                        .findFirst()
                        .orElseThrow();
                try (InputStream in = Files.newInputStream(shipped)) {
                    Files.write(jar, NewerBundle.of(in));
                }
            }
            bundles.put(line.group(1), jar.toUri().toString());
        }
        assertThat(bundles).hasSizeGreaterThan(10);
        return bundles;
    }

    /** Each component of ours, and the states of what was made of it. */
    private static Map<String, String> components(String list) {
        Map<String, String> components = new TreeMap<>();
        COMPONENT
                .matcher(list)
                .results()
                .forEach(component -> components.put(
                        component.group(1),
                        component
                                .group(2)
                                .replaceAll("Id: \\d+|, PID.*|\\R", "")
                                .strip()));
        assertThat(components).hasSizeGreaterThan(10);
        return components;
    }

    private Path script(String name) {
        return directory.resolve(name + ".gogo");
    }

    private static String round(int number) {
        return "round-" + number;
    }

    /** One script each: the shell holds a buffer for each command until the script has ended. */
    private void writeRound(int number, Map<String, String> bundles) throws IOException {
        List<List<String>> deeds = new ArrayList<>();
        bundles.forEach((bundle, newer) -> {
            deeds.add(List.of("felix:stop " + bundle, "felix:start " + bundle));
            deeds.add(List.of("felix:refresh " + bundle));
            deeds.add(List.of("felix:update " + bundle + " " + newer));
        });
        Collections.shuffle(deeds, random);
        List<String> lines = new ArrayList<>();
        for (String deed : deeds.stream().flatMap(List::stream).toList()) {
            lines.add(again(deed, again(deed, deed)));
            lines.add(wait("step-" + steps++));
        }
        // What was updated is wired anew, as whoever updates does at last.
        lines.add("felix:refresh " + String.join(" ", bundles.keySet()));
        lines.add(wait("step-" + steps++));
        lines.add("gogo:source " + script("start"));
        Files.write(script(round(number)), lines);
    }

    /** What is just being refreshed may be refused. */
    private String again(String deed, String otherwise) {
        return "try { " + deed + " } { echo " + REFUSED + "; gogo:cat " + cues.later() + "; " + otherwise + " }";
    }

    /** What is still being refreshed is started by that, or with the next look. */
    private void writeStart(Map<String, String> bundles) throws IOException {
        Files.write(
                script("start"),
                bundles.keySet().stream()
                        .map(bundle -> "try { felix:start " + bundle + " } { echo " + REFUSED + " }")
                        .toList());
    }

    private void giveSteps() {
        for (; done < steps; done++) {
            cues.await("step-" + done);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
            cues.give("step-" + done);
        }
    }

    private String wait(String cue) {
        return "gogo:cat " + cues.address(cue);
    }
}
