package de.joecash.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk and its files do to a till one day: each time there are words, and nothing that was good is lost. */
class BadDaysIT {
    private static final int DISK_MEGABYTES = 40;

    @TempDir
    private Path directory;

    @Test
    void saysThatTheDiskRanFullInMidDumpAndLeavesEverythingAsItWas() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        try (SmallDisk disk = SmallDisk.mount(data.resolve("backups"), DISK_MEGABYTES)) {
            String good;
            try (DemoHost host = DemoHost.start(data, "--receipts", "50000")) {
                good = host.backup();
                AtomicReference<Set<String>> before = new AtomicReference<>();
                String run = DemoHost.await("a dump that meets a full disk", () -> {
                    host.awaitIdle();
                    before.set(files(host));
                    String begun = host.begin("backups", "{}");
                    awaitDump(host, begun);
                    if (!host.pause(begun)) {
                        return null;
                    }
                    disk.fillUpTo(0);
                    host.resume(begun);
                    if (host.end(begun).has("problem")) {
                        return begun;
                    }
                    // It was held up too late.
                    disk.clear();
                    return null;
                });

                assertThat(host.end(run).getAsJsonObject("problem").get("code").getAsString())
                        .isEqualTo("NoSpace");

                assertThat(host.problem(run, "de"))
                        .contains("In " + host.backups() + " ist zu wenig Platz: frei sind 0,0 MB")
                        .contains("Alle früheren Sicherungen sind unverändert.")
                        .contains("Bitte schaffen Sie dort Platz");
                assertThat(host.problem(run, "en"))
                        .contains("There is too little space in " + host.backups() + ": 0.0 MB are free")
                        .contains("All earlier backups are unchanged.")
                        .contains("Please make room there");
                assertThat(host.state().get("reason").getAsString()).isEqualTo("OBSTACLE");
                assertThat(files(host)).as("nothing half is left").isEqualTo(before.get());
                host.awaitASale();
                host.succeed("verify", "{\"backup\":\"" + good + "\"}");
                assertThat(host.stop()).isZero();
            }
            assertRefused(data, "backup:create", "There is too little space in " + data.resolve("backups"));
            DemoHost.Ended german = DemoHost.exec(Locale.GERMAN, data, "backup:create");
            assertThat(german.code()).isEqualTo(1);
            assertThat(german.err().strip()).startsWith("In " + data.resolve("backups") + " ist zu wenig Platz");
            assertFine(data, "backup:verify " + good + "; backup:restore " + good + " --into " + directory + "/copy");

            disk.clear();
            assertFine(data, "backup:create; backup:verify " + good + "; backup:verify last");
        }
    }

    @Test
    void refusesBeforeItWritesAnythingWhereTheReserveWouldGo() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        try (SmallDisk disk = SmallDisk.mount(data.resolve("backups"), DISK_MEGABYTES);
                DemoHost host = DemoHost.start(data, "--receipts", "20000")) {
            String good = host.backup();
            Set<String> before = files(host);
            long reserve = disk.size() / 20;
            disk.fillUpTo(reserve + Files.size(host.backups().resolve(good + ".sql.gz")) / 2);
            long free = disk.free();

            assertThat(host.fail("backups", "{}").get("code").getAsString()).isEqualTo("NoSpace");

            assertThat(files(host)).isEqualTo(before);
            assertThat(disk.free()).as("free").isGreaterThanOrEqualTo(free - (1 << 16));
            host.awaitASale();
            disk.clear();
            host.backup();
            host.succeed("verify", "{\"backup\":\"" + good + "\"}");
        }
    }

    @Test
    void saysThatTheFolderBecameReadOnlyAndGoesOnOnceItIsNot() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        String words = "The backup folder " + data.resolve("backups") + " cannot be used: it may not be written to.";
        try (SmallDisk disk = SmallDisk.mount(data.resolve("backups"), DISK_MEGABYTES)) {
            String good;
            try (DemoHost host = DemoHost.start(data, "--receipts", "2000")) {
                good = host.backup();
                disk.readOnly();

                String run = host.begin("backups", "{}");
                assertThat(host.end(run).getAsJsonObject("problem").get("cause").getAsString())
                        .isEqualTo(words);
                assertThat(host.problem(run, "de")).contains("ist nicht benutzbar: er darf nicht beschrieben werden.");
                assertThat(obstacle(host)).isEqualTo(words);
                host.succeed("verify", "{\"backup\":\"" + good + "\"}");
                host.settings("L", data.resolve("demo/usb0").toString());
                host.succeed("send", "{}");
                assertThat(data.resolve("demo/usb0").resolve(good + ".sql.gz")).exists();
                host.awaitASale();
                disk.writable();
                host.backup();
                assertThat(host.state().has("obstacle")).isFalse();
                disk.readOnly();
            }
            assertRefused(data, "backup:create", words);
            try (DemoHost host = DemoHost.start(data)) {
                assertThat(obstacle(host)).isEqualTo(words);
                assertThat(host.fail("backups", "{}").get("cause").getAsString())
                        .isEqualTo(words);
                host.awaitASale();
                disk.writable();
                DemoHost.await("the folder", () -> host.state().has("obstacle") ? null : true);
                assertThat(host.backupList()).hasSize(2);
                host.backup();
                host.succeed("verify", "{\"backup\":\"" + good + "\"}");
            }
        }
    }

    @Test
    void refusesEveryArchiveAndManifestThatIsNotWhatItWas() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        assertFine(data, "backup:create; backup:create; backup:create; backup:create; backup:create", "2000");
        List<String> ids = ids(data.resolve("backups"));
        String truncated = ids.get(0);
        String flipped = ids.get(1);
        String broken = ids.get(2);
        String newer = ids.get(3);
        String good = ids.get(4);
        truncate(archive(data, truncated));
        flipBit(archive(data, flipped));
        Path brokenManifest = data.resolve("backups").resolve(broken + ".json");
        Files.writeString(brokenManifest, Files.readString(brokenManifest).substring(0, 200));
        Path newerManifest = data.resolve("backups").resolve(newer + ".json");
        Files.writeString(
                newerManifest, Files.readString(newerManifest).replaceFirst("\"format\": 4", "\"format\": 5"));
        List<Path> foreign = foreignFiles(data.resolve("backups"));

        Map<String, String> words = Map.of(
                truncated, "The backup " + truncated + " is damaged",
                flipped, "The backup " + flipped + " is damaged",
                broken, "The description " + broken + ".json of a backup cannot be read",
                newer, "format 5, known up to 4");
        assertRefused(data, "backup:verify " + newer, words.get(newer));
        assertRefused(data, "backup:restore " + flipped, words.get(flipped));

        try (DemoHost host = DemoHost.start(data)) {
            assertThat(host.backupList().stream()
                            .map(backup -> backup.get("id").getAsString() + " " + backup.has("problem")))
                    .containsExactlyInAnyOrder(good + " false", flipped + " true", truncated + " true");
            words.forEach((id, said) -> {
                assertThat(host.fail("verify", about(id)).get("cause").getAsString())
                        .contains(said);
                assertThat(host.fail("restore", restore(id)).get("cause").getAsString())
                        .contains(said);
            });
            assertThat(host.receipts()).isGreaterThanOrEqualTo(2000);
            host.succeed("verify", "{\"backup\":\"" + good + "\"}");
            host.succeed("restore", restore(good));
            host.backup();
            host.awaitASale();
        }
        assertThat(foreign).allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void saysThatTheFolderIsGoneOrIsNone() throws Exception {
        Path data = DemoHost.withoutPlus(directory.resolve("data"));
        Path folder = data.resolve("backups");
        try (DemoHost host = DemoHost.start(data, "--receipts", "2000")) {
            host.backup();
            Path away = Files.move(folder, directory.resolve("away"));

            String words = "The backup folder " + folder + " cannot be used: it is not there.";
            assertThat(host.fail("backups", "{}").get("cause").getAsString()).isEqualTo(words);
            assertThat(obstacle(host)).isEqualTo(words);
            assertThat(folder).doesNotExist();
            host.awaitASale();

            Files.move(away, folder);
            host.backup();
            assertThat(host.backupList()).hasSize(2).noneMatch(backup -> backup.has("problem"));
            assertThat(host.stop()).isZero();
        }
        Path away = Files.move(folder, directory.resolve("away"));
        Files.writeString(folder, "not a folder");
        assertRefused(data, "backup:create", "The backup folder " + folder + " cannot be used: this is not a folder.");
        try (DemoHost host = DemoHost.start(data)) {
            assertThat(obstacle(host)).endsWith("this is not a folder.");
            host.awaitASale();
            Files.delete(folder);
            Files.move(away, folder);
            DemoHost.await("the folder", () -> host.state().has("obstacle") ? null : true);
            assertThat(host.backupList()).hasSize(2);
        }
    }

    private static String about(String id) {
        return "{\"backup\":\"" + id + "\"}";
    }

    private static String restore(String id) {
        return "{\"backup\":\"" + id + "\",\"confirm\":\"RESTORE\"}";
    }

    /** Waits for the middle of a run's dump, or for its end where that was missed. */
    private static void awaitDump(DemoHost host, String id) {
        DemoHost.await("a dump under way", () -> {
            JsonObject run = host.run(id);
            JsonObject progress = run.getAsJsonObject("progress");
            boolean dumping = progress.get("phase").getAsString().equals("DUMPING")
                    && progress.get("bytes").getAsLong() > 0;
            return (dumping || run.has("ended")) ? true : null;
        });
    }

    private static String obstacle(DemoHost host) {
        return host.state().getAsJsonObject("obstacle").get("cause").getAsString();
    }

    private static void assertRefused(Path data, String script, String words) throws Exception {
        DemoHost.Ended ended = DemoHost.exec(data, script);
        assertThat(ended.code()).as("%s: %s", script, ended.out()).isEqualTo(1);
        assertThat(ended.err().lines()).as(script).last().asString().contains(words);
        assertThat(ended.err()).as("no stack trace").doesNotContain("\tat ").doesNotContain("Exception");
    }

    private static void assertFine(Path data, String script) throws Exception {
        assertFine(data, script, "50000");
    }

    private static void assertFine(Path data, String script, String receipts) throws Exception {
        DemoHost.Ended ended = DemoHost.exec(data, script, "--receipts", receipts);
        assertThat(ended.code())
                .as("%s: %s%s", script, ended.out(), ended.err())
                .isZero();
    }

    /** Every file in the folder but the filler and what may change at any time. */
    private static Set<String> files(DemoHost host) throws IOException {
        try (Stream<Path> files = Files.list(host.backups())) {
            Set<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(SmallDisk.FILLER))
                    .forEach(names::add);
            return names;
        }
    }

    private static List<String> ids(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql.gz"))
                    .map(name -> name.replace(".sql.gz", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Path archive(Path data, String id) {
        return data.resolve("backups").resolve(id + ".sql.gz");
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    private static void flipBit(Path file) throws IOException {
        try (RandomAccessFile archive = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = archive.length() / 2;
            archive.seek(middle);
            int read = archive.read();
            archive.seek(middle);
            archive.write(read ^ 1);
        }
    }

    private static List<Path> foreignFiles(Path folder) throws IOException {
        return List.of(
                Files.writeString(folder.resolve("Urlaub.txt"), "…"),
                Files.writeString(folder.resolve("notes.json"), "{}"),
                Files.writeString(folder.resolve("film.mp4.part"), "half"),
                Files.createDirectories(folder.resolve("photos.json/2026")),
                Files.createDirectories(folder.resolve("queue/photos.json")));
    }
}
